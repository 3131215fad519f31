export { parseNodeVersion } from './node-versions.ts';
export { dependsOn, moduleSystemOf, packageOf, serviceOf, versionOf } from './questions.ts';
export { takeSurvey } from './take-survey.ts';
export { flagText } from './words.ts';
