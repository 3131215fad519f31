import { claudeHook, huskyHook } from './hook-pieces.ts';
import type { Agent, Piece } from './piece.ts';
import { serverPieces } from './server-pieces.ts';
import { taskListPiece } from './task-list-piece.ts';
import { textPieces } from './text-pieces.ts';

/** Everything agent-init can write; a file that several names lead to gets the first of them. */
export const pieces: readonly Piece[] = [...serverPieces, claudeHook, taskListPiece, ...textPieces, huskyHook];

/** Agents, with a name for people, and the files and folders that tell that one is used. */
export const agents: Readonly<Record<Agent, { readonly title: string; readonly signs: readonly string[] }>> = {
  claude: { title: 'Claude Code', signs: ['.claude', '.mcp.json', 'CLAUDE.md', 'CLAUDE.local.md'] },
  codex: { title: 'Codex', signs: ['.agents', '.codex'] },
  cursor: { title: 'Cursor', signs: ['.cursor', '.cursorrules'] },
  vscode: { title: 'VS Code', signs: ['.github/copilot-instructions.md', '.vscode'] },
};
