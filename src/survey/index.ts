export { parseNodeVersion } from './node-versions.ts';
export { dependencyOf, dependsOn, entryOf, moduleSystemOf, nodeTargetFor, packageOf, serviceOf, versionOf } from './questions.ts';
export { takeSurvey } from './take-survey.ts';
export { flagText } from './words.ts';
