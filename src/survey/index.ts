export { loadedFiles, reachedFiles } from './facts/loaded-files.ts';
export { imageNodeVersion, parseNodeVersion } from './facts/node-versions.ts';
export { dependsOn, moduleSystemOf, packageOf, serviceOf, versionOf } from './facts/questions.ts';
export { scenariosOf } from './facts/scenarios.ts';
export { type Pipeline, type PipelineJob, readPipeline } from './read/gitlab-pipeline.ts';
export { versionBelow } from './read/lock-below.ts';
export { surveyMentions } from './read/marked-files.ts';
export { flagText } from './read/words.ts';
export {
  type CompositeSteps,
  readWorkflows,
  type UnreadYaml,
  type Workflow,
  type WorkflowJob,
  type WorkflowStep,
} from './read/workflows.ts';
export type { LinePlace } from './read/yaml-lines.ts';
export { takeSurvey } from './take-survey.ts';
