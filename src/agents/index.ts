export { type AgentsOptions, type AgentsReport, initAgents, planAgents } from './init-agents.ts';
export type { Agent } from './piece.ts';
export { agents } from './pieces.ts';
export { type Product, pluginFiles } from './plugin-files.ts';
export { splitCommand } from './program.ts';
export { type AgentsUndone, previewUndoAgents, undoAgents } from './undo-agents.ts';
