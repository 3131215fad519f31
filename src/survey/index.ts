export { type Pipeline, type PipelineJob, readPipeline } from './gitlab-pipeline.ts';
export { loadedFiles } from './loaded-files.ts';
export { imageNodeVersion, parseNodeVersion } from './node-versions.ts';
export { dependsOn, moduleSystemOf, packageOf, serviceOf, versionOf } from './questions.ts';
export { scenariosOf } from './scenarios.ts';
export { takeSurvey } from './take-survey.ts';
export { flagText } from './words.ts';
export { type CompositeSteps, readWorkflows, type UnreadYaml, type Workflow, type WorkflowJob, type WorkflowStep } from './workflows.ts';
export type { LinePlace } from './yaml-lines.ts';
