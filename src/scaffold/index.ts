export { checkAsked, partKinds } from './add/asked.ts';
export { planPart } from './add/workbench.ts';
export { beginService, type NewLook, planNewService } from './begin-service.ts';
export { nameFor } from './check-answers.ts';
export { leavePlace } from './new-place.ts';
export { lineFor, nodeLines } from './node-lines.ts';
export { listTemplates, readTemplate, type Template } from './read-templates.ts';
export { beginServices, type FolderPlan, planServices } from './several/begin-services.ts';
export { partsOf, SEVERAL } from './several/parts.ts';
