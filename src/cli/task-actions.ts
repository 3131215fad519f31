import type { CommandAction, CommandOption } from './commands.ts';

const note: CommandOption = { flags: '--note <text>', description: 'why; it is kept in the journal' };
const jobs: CommandOption = { flags: '--jobs <count>', description: 'steps at once (default: 2)' };

/** What `tracewright tasks` does, in the order of a migration; `choices` are the options that choose codemods. */
export function taskActions(choices: readonly CommandOption[]): readonly CommandAction[] {
  return [
    {
      name: 'plan',
      argument: '[folder]',
      summary: 'write the steps of a migration as data',
      options: [
        { flags: '--branch <name>', description: 'the branch the work ends on (default: tracewright/<this branch>)' },
        { flags: '--repo <folders>', description: 'repositories below this folder, worked on together, e.g. web,orders' },
        { flags: '--propagates <pairs>', description: 'further services whose calls must be in one trace, e.g. web:orders' },
        { flags: '--gate', description: 'somebody has to approve the commit' },
        { flags: '--skip-tests', description: "leave out the repository's own tests" },
        { flags: '--command <line>', description: 'run this line before the commit' },
        { flags: '--deploy <line>', description: 'run this line after the commit, when somebody approved it' },
        { flags: '--again', description: 'start over from the current commit' },
        { flags: '--accept', description: 'take over what was edited by hand in graph.json' },
        ...choices,
      ],
    },
    {
      name: 'run',
      argument: '[folder]',
      summary: 'do what is not done yet, on a branch of its own; plans first when nothing is planned',
      options: [jobs],
    },
    {
      name: 'resume',
      argument: '[folder]',
      summary: 'go on after a crash, a failure or a cancel',
      options: [jobs, { flags: '--repair', description: 'go on from the last whole line of a damaged journal' }],
    },
    {
      name: 'status',
      argument: '[folder]',
      summary: 'how the steps stand and what to do next',
      options: [{ flags: '--brief', description: 'under 1 kB, for an agent' }],
    },
    {
      name: 'graph',
      argument: '[folder]',
      summary: 'which step waits for which',
      options: [{ flags: '--mermaid', description: 'as a Mermaid flowchart' }],
    },
    { name: 'approve', argument: '<step> [folder]', summary: 'let a step that waits for a person go on', options: [note] },
    { name: 'reject', argument: '<step> [folder]', summary: 'refuse a step that waits for a person', options: [note] },
    { name: 'cancel', argument: '[folder]', summary: 'end what runs', options: [note] },
    {
      name: 'discard',
      argument: '[folder]',
      summary: 'take planned steps back',
      options: [{ flags: '--begun', description: 'also when steps were begun; the journal and a copy of the graph stay' }],
    },
    { name: 'seed', argument: '[folder]', summary: "write the steps into Claude Code's task list", options: [] },
    { name: 'export', argument: '[folder]', summary: "write how the steps stand into Claude Code's task list", options: [] },
    { name: 'sync', argument: '[folder]', summary: "bring Claude Code's task list and the steps in line", options: [] },
    { name: 'hook', argument: '[folder]', summary: 'refuse there the completion of a step that is not done', options: [] },
  ];
}
