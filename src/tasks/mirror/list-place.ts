import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { readBranch } from '../../engine/apply/git-state.ts';
import { sha256 } from '../../engine/plan/canonical.ts';
import { branchFor } from '../branch.ts';
import { loadGraph, taskHome } from '../home.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Claude Code keeps the tasks that it shows. */
export interface ListPlace {
  readonly id: string;
  readonly folder: string;
  /** Tells our tasks from those of another checkout in the same list. */
  readonly repo: string;
  /** What keeps Claude Code from showing them; it never fails because of that. */
  readonly warnings: readonly string[];
}

const slug = (text: string): string => text.replace(/[^a-zA-Z0-9_-]/g, '-').slice(0, 60);

/** The list of one folder and one branch of work: `tracewright-<repo>-<branch>-<8 hex digits>`. */
export function listIdOf(root: string, branch: string): string {
  return `tracewright-${slug(basename(root))}-${slug(branch)}-${sha256(`${root}\0${branch}`).slice(0, 8)}`;
}

/** The list of the tasks here, or of those that would be planned; undefined where git has no commit to start from. */
export function ownTaskList(root: string): string | undefined {
  const branch = readBranch(root);
  return branch === undefined ? undefined : listIdOf(root, plannedBranch(root) ?? branchFor(branch, ''));
}

function plannedBranch(root: string): string | undefined {
  try {
    return loadGraph(taskHome(root))?.graph.repositories['.']?.branch;
  } catch {
    return undefined;
  }
}

/** Which list the tasks of a folder are mirrored in: the one Claude Code was told to use, else that of the branch. */
export function findList(root: string, branch: string, env: Environment): ListPlace {
  const own = listIdOf(root, branch);
  const id = env['CLAUDE_CODE_TASK_LIST_ID'] || own;
  const config = (env['CLAUDE_CONFIG_DIR'] ?? join(homedir(), '.claude')).normalize('NFC');
  return {
    id,
    folder: join(config, 'tasks', id.replace(/[^a-zA-Z0-9_-]/g, '-')),
    repo: `${slug(basename(root))}-${sha256(root).slice(0, 8)}`,
    warnings: warningsFor(id, own, env),
  };
}

function warningsFor(id: string, own: string, env: Environment): readonly string[] {
  const asked = env['CLAUDE_CODE_TASK_LIST_ID'];
  const enabled = env['CLAUDE_CODE_ENABLE_TASKS'] ?? '';
  return [
    ...(asked
      ? []
      : [`Claude Code shows this list only when CLAUDE_CODE_TASK_LIST_ID=${id} is set; \`tracewright agent-init --claude\` does.`]),
    ...(asked?.startsWith('tracewright-') && asked !== own
      ? [
          `CLAUDE_CODE_TASK_LIST_ID is not the list of this branch (${own}): run \`tracewright agent-init --claude\` and restart Claude Code.`,
        ]
      : []),
    ...(/^(?:0|false|no|off)$/i.test(enabled.trim()) ? [`CLAUDE_CODE_ENABLE_TASKS=${enabled} switches tasks off in Claude Code.`] : []),
    ...(env['CLAUDE_CODE_ENABLE_TODO_TOOLS']
      ? []
      : ['Newer models see no tasks unless CLAUDE_CODE_ENABLE_TODO_TOOLS=1 is set; `tracewright agent-init --claude` does.']),
  ];
}
