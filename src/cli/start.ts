import type { CommandName } from './commands.ts';
import { type Output, openOutput } from './output.ts';
import { type Invocation, parseWords, splitWords } from './parse-words.ts';
import { printError } from './print-error.ts';

/** Runs one command with what was asked for; the number is the exit code. */
export type Handler = (invocation: Invocation, output: Output) => Promise<number>;

const handlers: Readonly<Record<CommandName, () => Promise<Handler>>> = {
  plan: async () => (await import('./commands/plan.ts')).plan,
  apply: async () => (await import('./commands/apply.ts')).apply,
  verify: async () => (await import('./commands/verify.ts')).verify,
  record: async () => (await import('./commands/record.ts')).record,
  check: async () => (await import('./commands/check.ts')).check,
  dismiss: async () => (await import('./commands/dismiss.ts')).dismiss,
  'agent-init': async () => (await import('./commands/agent-init.ts')).agentInit,
  undo: async () => (await import('./commands/undo.ts')).undo,
  list: async () => (await import('./commands/list.ts')).list,
  explain: async () => (await import('./commands/explain.ts')).explain,
  receive: async () => (await import('./commands/receive.ts')).receive,
  demo: async () => (await import('./commands/demo.ts')).demo,
  mcp: async () => (await import('./commands/mcp.ts')).mcp,
  tasks: async () => (await import('./commands/tasks.ts')).tasks,
  new: async () => (await import('./commands/new.ts')).newService,
  add: async () => (await import('./commands/add.ts')).add,
};

/** Understands the words, runs the command, prints what went wrong; the number is the exit code. */
export async function start(words: readonly string[]): Promise<number> {
  process.stdout.on('error', leaveWhenNobodyReads);
  const output = openOutput(splitWords(words)[0].includes('--json'));
  try {
    const invocation = parseWords(words);
    const handler = await handlers[invocation.command]();
    return await handler(invocation, output);
  } catch (error) {
    return printError(error, output);
  }
}

/** `tracewright plan | head` closes the pipe early; that is no error. */
function leaveWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
