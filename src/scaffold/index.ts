export { beginService, planNewService } from './begin-service.ts';
export { nameFor, plainName } from './check-answers.ts';
export { lineFor, nodeLines } from './node-lines.ts';
export { listTemplates, readTemplate, type Template } from './read-templates.ts';
