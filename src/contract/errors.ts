/** Every error a user can meet. 1xxx environment and input, 2xxx plan and apply, 3xxx verify and traces, 4xxx tasks and fleet, 9xxx our bug. Codes are never reused. */
export const catalogue = {
  TW1001: { title: 'Not a directory', next: 'Give the folder of the repository: `tracewright plan <folder>`.' },
  TW1002: {
    title: 'No package.json found',
    next: 'Run it in the folder that holds package.json, or give that folder. To begin a service here: `tracewright new`.',
  },
  TW1003: { title: 'A package.json could not be read', next: 'Correct its JSON, or leave that folder out, and run it again.' },
  TW1004: { title: 'A YAML file could not be read', next: 'Correct the YAML if the program is started from it; the rest was surveyed.' },
  TW1005: { title: 'A Dockerfile could not be read', next: 'Correct the instruction; launches in it were left alone.' },
  TW1006: { title: 'A lock file could not be read', next: 'Run the package manager to write it again; declared ranges were used instead.' },
  TW1007: {
    title: 'A start command could not be followed to a file',
    next: 'Start Node with the entry file itself, or load the instrumentation there by hand.',
  },
  TW1008: { title: 'Node.js versions disagree', next: 'Make them agree; the strongest evidence was used.' },
  TW1009: { title: 'A tsconfig could not be read', next: 'Correct it; TypeScript defaults were used instead.' },
  TW1010: {
    title: 'A start command names a file that does not exist',
    next: 'Correct the path, or build it from a source file the survey can find.',
  },
  TW1011: { title: 'A front-end package has no Node.js entry', next: 'Nothing to do: only code that runs in Node.js is traced.' },
  TW1012: {
    title: 'A PM2 configuration could not be read without running it',
    next: 'Write `apps` as a literal, or load the instrumentation in the entry file.',
  },
  TW1013: { title: 'Several lock files lie side by side', next: 'Keep the one of the package manager in use.' },
  TW1014: { title: 'A Node.js version could not be understood', next: 'Write a version or a semver range.' },
  TW1015: {
    title: 'A shell script was too dynamic to follow',
    next: 'Give its last line a literal `node <file>`, or load the instrumentation in the entry file.',
  },
  TW1016: {
    title: 'Scripts that do one thing and end were left alone',
    next: 'Nothing to do; to trace one of them, load the instrumentation in the first line of its file.',
  },
  TW1050: {
    title: 'A Node.js version that cannot be traced',
    next: 'Move the service to Node.js 14 or later (22 is a good choice), then plan again.',
  },
  TW1070: { title: 'Unknown command', next: 'See the commands with `tracewright --help`.' },
  TW1071: { title: 'Unknown option', next: 'See the options with `tracewright <command> --help`.' },
  TW1072: { title: 'Wrong argument', next: 'See how it is used with `tracewright <command> --help`.' },
  TW1073: { title: 'Nobody to ask', next: 'Add `--yes` to go on without a question, or run it on a terminal.' },
  TW1074: { title: 'A file could not be read or written', next: 'Check the path and its permissions.' },
  TW1075: { title: 'Neither an error code nor a codemod', next: 'Give a code such as TW2001, or an id from `tracewright list`.' },
  TW1076: { title: 'Unknown example', next: 'Give one of the names above.' },
  TW1077: {
    title: 'Installing the packages failed',
    next: 'The change is applied. Run the command above yourself, or `tracewright undo`.',
  },
  TW1078: {
    title: 'A program that the demo needs did not work',
    next: 'Make it work on the command line, then run `tracewright demo` again.',
  },
  TW1079: {
    title: 'This Node.js is too old to run tracewright',
    next: 'Run it with a newer Node.js (for example `nvm exec 22 tracewright plan .`); your service may stay on its own.',
  },
  TW1080: {
    title: 'A file cannot be merged with ours',
    next: 'Correct what is named, then run it again. Nothing was written.',
  },
  TW1081: {
    title: 'The name tracewright is taken',
    next: 'Rename or remove what has that name, then run it again. Nothing was written.',
  },
  TW1082: { title: 'Not a git repository', next: 'Run it in a git repository: staged changes are what it looks at.' },
  TW1083: {
    title: 'The input of a hook cannot be read',
    next: 'Let the agent call it: it gives its tool call as JSON on standard input.',
  },
  TW1090: {
    title: 'A folder that the MCP server may not touch',
    next: 'Give a folder below the one the server was started in, or start it with `tracewright mcp --root <folder>`.',
  },
  TW1091: { title: 'A cursor that fits no list', next: 'Make the same call without `cursor`, and read on from its nextCursor.' },
  TW1092: { title: 'Work in the background ended before it was done', next: 'Make the same call again: it starts anew.' },
  TW1093: { title: 'Unknown tool', next: 'Call one of apply, explain, plan, status, undo, verify; begin with plan.' },
  TW1094: { title: 'Wrong tool arguments', next: 'Correct the argument that is named; the schema in tools/list says what it takes.' },
  TW1095: { title: 'Unknown resource', next: 'Read one that resources/list names.' },
  TW1096: { title: 'No verification of these files is kept', next: 'Verify again: it starts the program anew.' },
  TW1101: {
    title: 'The folder is not empty',
    next: 'Give a new or an empty folder. A service that is there already is traced with `tracewright plan <folder>`. Nothing was written.',
  },
  TW1102: { title: 'A name that npm refuses', next: 'Give another with `--name`, e.g. `orders` or `@acme/orders`. Nothing was written.' },
  TW1103: { title: 'Unknown template', next: 'See the templates with `tracewright new --list`. Nothing was written.' },
  TW1104: { title: 'Unknown line of Node.js', next: 'Give one of these with `--node`. Nothing was written.' },
  TW1106: { title: 'Unknown part', next: 'See the parts with `tracewright add --list`. Nothing was written.' },
  TW1107: { title: 'The part wants to know more', next: 'See how it is used with `tracewright add --help`. Nothing was written.' },
  TW1108: {
    title: 'No traced service to add to',
    next: 'Begin one with `tracewright new`, or migrate this one with `tracewright apply` first. Nothing was written.',
  },
  TW1105: { title: 'A new service cannot lie there', next: 'Give the path of a new folder below this one. Nothing was written.' },
  TW2001: { title: 'The repository changed after it was planned', next: 'Run `tracewright plan` again, then apply the new plan.' },
  TW2002: { title: 'Nothing to do here', next: 'Give the folder of a Node.js service, or see what is looked for with `tracewright list`.' },
  TW2003: { title: 'Already traced', next: 'Keep what is there, or remove it first: two tracers in one process break traces.' },
  TW2004: { title: 'Uncommitted changes', next: 'Commit or stash them, or pass `--allow-dirty`.' },
  TW2005: {
    title: 'Another apply or undo is running',
    next: 'Wait until it ends, then try again. When no tracewright runs here, remove .tracewright/lock.',
  },
  TW2006: {
    title: 'An apply was interrupted',
    next: 'Run `tracewright undo`, or `tracewright apply` again (in a script with `--yes`): both put the files back first.',
  },
  TW2007: {
    title: 'A path leads out of the repository',
    next: 'Replace a symbolic link with the file itself, or give the folder that holds the file. Where a receipt or a journal names that path, restore what lies in `.tracewright/` from version control, or remove it.',
  },
  TW2008: { title: 'A file cannot be written', next: 'Make the file and its folder writable, then apply again. Nothing was written.' },
  TW2009: {
    title: 'A file was edited after apply',
    next: 'Take your edit out of that file and keep a copy of it, run `tracewright undo`, and put the edit in again. Where the migration is a commit of its own, commit your edit and `git revert` the migration instead. Nothing was written.',
  },
  TW2010: {
    title: 'Nothing to undo',
    next: 'There is no receipt. If there was one, restore `.tracewright/receipt.json` from version control and run `undo` again; a migration that is a commit of its own is also undone by `git revert`.',
  },
  TW2011: { title: 'Unknown codemod', next: 'See the ids with `tracewright list`.' },
  TW2012: { title: 'A file is not valid UTF-8', next: 'It was left alone. Convert it to UTF-8 if it should be migrated.' },
  TW2013: { title: 'A new file would overwrite one that is there', next: 'Rename or remove that file, then plan again.' },
  TW2014: { title: 'Git did not answer', next: 'Make `git status` work in that folder, or pass `--allow-dirty`.' },
  TW2015: { title: 'Apply failed and everything was put back', next: 'Fix the cause named above, then apply again.' },
  TW2016: {
    title: 'A file in .tracewright cannot be understood',
    next: 'Restore it from version control, or remove it if the change is to stay.',
  },
  TW2017: { title: 'A source file cannot be parsed', next: 'It was left alone. Fix the syntax error if it should be migrated.' },
  TW2018: { title: 'A file that ships with the toolkit is missing', next: 'Build the toolkit with `npm run build`, or install it again.' },
  TW2019: { title: 'One package is already traced and was left alone', next: 'Keep its tracing, or remove it and plan again.' },
  TW2020: { title: 'Not a plan', next: 'Give the JSON that `tracewright plan --json` wrote, unchanged.' },
  TW2021: {
    title: 'A new file is ignored by git',
    next: 'Add an exception to .gitignore, or add it with `git add -f`: it must be deployed.',
  },
  TW2022: { title: 'A file does not exist where one is expected', next: 'Run `tracewright plan` again.' },
  TW2023: {
    title: 'A service cannot be traced',
    next: 'Remove what stands in the way, or leave that service out; its task says more.',
  },
  TW2024: {
    title: 'A codemod was left out that another one needs',
    next: 'Choose both, or apply the one that is missing first.',
  },
  TW2025: { title: 'A file is too large to read', next: 'It was left alone: it has more than 64 MB. Remove it, or let git ignore it.' },
  TW2026: {
    title: 'A path that must not be written',
    next: 'Restore the file that names it from version control, or remove that file: nothing of ours writes there. Nothing was written.',
  },
  TW2027: {
    title: 'A journal that git tracks',
    next: 'Take it out of git with `git rm --cached .tracewright/journal.json`, then run it again. Nothing was written.',
  },
  TW2028: {
    title: 'A journal that was not written here',
    next: 'Run `tracewright undo` on a terminal: it lists what the journal would put back, and asks. Or remove .tracewright/journal.json; your files stay as they are.',
  },
  TW2030: { title: 'A folder is a checkout of its own', next: 'It was left alone. To migrate it, run `tracewright plan` in that folder.' },
  TW2031: {
    title: 'A newer Tracewright wrote a file in .tracewright',
    next: 'Run the version that wrote it. Or restore an older one of that file from version control, or remove it: the change stays then, and `git revert` takes it back.',
  },
  TW2033: {
    title: 'A file is nested too deeply to read',
    next: 'It was left alone: it has more than 500 levels. Remove it, or let git ignore it.',
  },
  TW2032: {
    title: 'The receipt does not fit this repository',
    next: 'Restore .tracewright/receipt.json from version control, or remove it if it came from elsewhere. Nothing was written.',
  },
  TW2034: {
    title: 'No task that is open has this name',
    next: 'Give a name that `tracewright dismiss` lists, such as t-1a2b3c, or the place `file:line` of the one task there.',
  },
  TW2090: { title: 'The codemod registry is invalid', next: 'Fix the codemod that is named, then run `npm run generate`.' },
  TW2091: {
    title: 'A codemod planned an edit that cannot be made',
    next: 'Please report it with the file that is named, or leave that codemod out with `--skip`. Nothing was written.',
  },
  TW2100: { title: 'Not migrated', next: 'See what would change with `tracewright plan`, then run `tracewright apply`.' },
  TW2101: {
    title: 'The receipt is missing',
    next: 'Restore .tracewright/receipt.json from version control; without it nothing can be undone.',
  },
  TW2102: {
    title: 'A change of the migration is missing',
    next: 'Run `tracewright apply --allow-dirty`: it writes again what is missing.',
  },
  TW2103: { title: 'Tracing is not loaded first', next: 'Run `tracewright apply --allow-dirty`: it puts the load back where it was.' },
  TW2104: {
    title: 'A file that apply wrote is gone',
    next: 'Restore it from version control, or run `tracewright apply --allow-dirty`, which writes it again.',
  },
  TW2105: {
    title: 'A file that apply created was edited',
    next: 'Restore it from version control, or name it in tracewright.yaml under `check.allow`.',
  },
  TW2106: { title: 'A file that apply changed is different now', next: 'Look whether what apply wrote is still in it.' },
  TW2107: {
    title: 'Another version of Tracewright migrated this',
    next: 'Run `tracewright plan` to see what the upgrade changes, then `tracewright apply --install`.',
  },
  TW2108: { title: 'A second copy of the instrumentation file', next: 'Remove the copy that no entry and no launch loads.' },
  TW2109: {
    title: 'The receipt was edited',
    next: 'Restore .tracewright/receipt.json from version control; `tracewright undo` refuses this one.',
  },
  TW2110: {
    title: 'A second SDK is set up by hand',
    next: 'Delete it: the bootstrap starts tracing (codemod otel-bootstrap); add instrumentations there.',
  },
  TW2111: {
    title: 'A trace header is handled by hand',
    next: 'Delete it: tracing sends it over HTTP (codemod http-client-spans). For messages use inject() and extract() of @tracewright/middleware.',
  },
  TW2112: {
    title: 'A span is started by hand',
    next: 'Use traced(name, fn) of @tracewright/middleware, or name the file in tracewright.yaml under `check.allow`.',
  },
  TW2113: {
    title: 'An OpenTelemetry package is added by hand',
    next: 'Take the line out and run `tracewright apply`: it adds the versions that fit together (codemod otel-bootstrap).',
  },
  TW2120: { title: 'Several copies of @opentelemetry/api', next: 'Let every package ask for the same version, then install again.' },
  TW2121: { title: 'OpenTelemetry versions do not fit together', next: 'Set the version that is named and install.' },
  TW2122: { title: 'The lock file does not hold what package.json says', next: 'Run the package manager and commit the lock file.' },
  TW3001: {
    title: 'Nothing to start',
    next: 'Add a `start` script to package.json, or name the command in tracewright.yaml under `services`.',
  },
  TW3002: {
    title: 'Dependencies are not installed',
    next: "Install them with the repository's package manager (for example `npm install`), then run it again.",
  },
  TW3003: {
    title: 'The program ended before it was ready',
    next: 'Read its last lines above, make its start command work, then run it again.',
  },
  TW3004: {
    title: 'The program never listened',
    next: 'Give it longer with `--timeout`, set `ready` in tracewright.yaml, start what it waits for (a database, a queue), or give a worker its work by `run`.',
  },
  TW3005: { title: 'A port is already in use', next: 'Stop what listens there, or let the program read its port from PORT.' },
  TW3006: { title: 'tracewright.yaml is not valid', next: 'Correct the line that is named; docs/scenarios.md lists the keys.' },
  TW3007: { title: 'A golden trace is missing', next: 'Run `tracewright record` on your machine and commit the file.' },
  TW3008: {
    title: 'A golden trace would change',
    next: 'Look at the difference. If it is meant, run `tracewright verify --update` on your machine and commit the file.',
  },
  TW3009: {
    title: 'The other version could not be checked out',
    next: 'Give a commit, branch or tag that `git rev-parse` knows, in a git repository.',
  },
  TW3010: { title: 'The build failed', next: 'Make the build command work, then run it again.' },
  TW3011: { title: 'The run was stopped', next: 'Everything it started was ended; run it again when you like.' },
  TW3013: { title: 'Unknown scenario', next: 'Use a scenario name from tracewright.yaml.' },
  TW3014: { title: 'The verification found faults', next: 'Read the findings marked with a cross, each says what to do.' },
  TW3015: { title: 'A start command cannot be run', next: 'Check the command, and that its program is installed and on PATH.' },
  TW3016: {
    title: 'Nothing is proven',
    next: 'Name a request that the program answers in tracewright.yaml; `tracewright verify --draft` prints one for each route that the code has.',
  },
  TW3017: {
    title: 'Requests ran into each other',
    next: 'Bind what is handed over (a callback, a job) to its request: `AsyncResource.bind(fn)`.',
  },
  TW3030: {
    title: 'The test command failed',
    next: 'Make the command succeed without tracewright, then run it again; nothing was recorded.',
  },
  TW3031: {
    title: 'No trace belongs to a test',
    next: 'Run a supported test runner whose tests send HTTP requests to a traced program; docs/testing.md says what is attributed.',
  },
  TW3032: {
    title: 'The tests left no proof',
    next: 'Read the findings marked with a cross, each says what to do.',
  },
  TW3033: {
    title: 'The command did not end',
    next: 'Run it once instead of watching files (`vitest run`, `jest --watch=false`), or give it longer with `--timeout`.',
  },
  TW3050: {
    title: 'A golden trace cannot be read',
    next: 'Restore it from version control, or record it again with `tracewright record`.',
  },
  TW4001: { title: 'There are no tasks here', next: 'Make them with `tracewright tasks plan`.' },
  TW4002: {
    title: 'The task graph cannot be read',
    next: 'Restore .tracewright/tasks/graph.json from version control, or write it again with `tracewright tasks plan --again`; the journal is kept.',
  },
  TW4003: {
    title: 'The task graph goes in a circle',
    next: 'Take one of these steps out of the `after` of another, or an edge out of its `propagates`.',
  },
  TW4004: { title: 'Unknown step', next: 'See the steps with `tracewright tasks status`.' },
  TW4005: {
    title: 'The task graph was edited by hand',
    next: 'Take the edit over with `tracewright tasks plan --accept`, or restore the file from version control.',
  },
  TW4006: {
    title: 'The journal of the tasks is damaged',
    next: 'Restore .tracewright/tasks/journal.ndjson from version control, or go on from the last whole line with `tracewright tasks resume --repair`, which keeps a copy.',
  },
  TW4007: {
    title: 'These tasks are being run already',
    next: 'Watch them with `tracewright tasks status`, or end that run with `tracewright tasks cancel`.',
  },
  TW4008: {
    title: 'The journal of the tasks cannot be written',
    next: 'Make room on the disk and the folder writable, then `tracewright tasks resume`: what is finished stays finished.',
  },
  TW4009: { title: 'A step failed', next: 'Mend what it names, then `tracewright tasks resume`; finished steps are not run again.' },
  TW4010: {
    title: 'A step did not end',
    next: 'Everything it started was ended. Make it end, or give it longer with `seconds` in the graph, then `tracewright tasks resume`.',
  },
  TW4011: { title: 'The tasks were cancelled', next: 'Go on with `tracewright tasks resume`.' },
  TW4012: {
    title: 'Tasks need a git repository with a commit',
    next: 'Run `git init`, `git add -A` and `git commit` there first: a step is known by the commit it starts from. Where this folder only holds repositories, name them: `tracewright tasks plan --repo a,b`.',
  },
  TW4013: { title: 'The tasks belong to another branch', next: 'Switch to the branch that is named, then go on.' },
  TW4014: {
    title: 'Tasks are under way',
    next: 'Go on with `tracewright tasks resume`, or start over from the current commit with `tracewright tasks plan --again`.',
  },
  TW4015: {
    title: 'A file was edited while the tasks ran',
    next: 'Commit that edit yourself or put it aside, then `tracewright tasks resume`: only what the tasks wrote is committed.',
  },
  TW4016: { title: 'Git refused', next: 'Make the git command that is named work, then `tracewright tasks resume`.' },
  TW4017: { title: 'Nothing to approve', next: 'See which steps wait with `tracewright tasks status`.' },
  TW4018: { title: 'A step was rejected', next: 'Change what was asked for, then `tracewright tasks resume` asks again.' },
  TW4020: {
    title: 'The task list of Claude Code is locked',
    next: 'Try again; when no Claude Code and no tracewright runs, remove the folder that is named.',
  },
  TW4021: {
    title: 'The task list of Claude Code cannot be used',
    next: 'Make the folder that is named readable and writable, or set CLAUDE_CONFIG_DIR or CLAUDE_CODE_TASK_LIST_ID to another; the tasks themselves run without it.',
  },
  TW4022: {
    title: "What was kept of Claude Code's task list cannot be read",
    next: 'Get .tracewright/tasks/claude-tasks.json back from git, or remove it: it is a copy, and the journal does not need it.',
  },
  TW4023: {
    title: 'These repositories cannot be worked on together',
    next: 'Call it in the folder that holds them, each a git repository of its own, with a tracewright.yaml there that starts their programs (docs/tasks.md).',
  },
  TW4024: {
    title: 'No trace leads from one service to the other',
    next: 'Make the caller send its trace context and the other one continue it, then `tracewright tasks resume` looks again; what waits for other pairs goes on.',
  },
  TW9001: { title: 'Internal error', next: 'Please report it with the command you ran; nothing was written.' },
} as const;

export type ErrorCode = keyof typeof catalogue;

/** One of several reasons for an error. */
export interface Reason {
  readonly code: ErrorCode;
  readonly why: string;
  readonly next: string;
  readonly file: string;
  readonly line: number;
}

/** The only error that reaches a user: a catalogue code, what it was about, and the original as `cause`. */
export class TracewrightError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  /** The catalogue's next step, or a more exact one. */
  readonly next: string;
  /** Each reason by itself, where the detail puts alike ones together. */
  readonly reasons: readonly Reason[];

  constructor(code: ErrorCode, detail: string, options?: { cause?: unknown; next?: string; reasons?: readonly Reason[] }) {
    super(`${code} ${catalogue[code].title}: ${detail}`, options);
    this.name = 'TracewrightError';
    this.code = code;
    this.detail = detail;
    this.next = options?.next ?? catalogue[code].next;
    this.reasons = options?.reasons ?? [];
  }
}

/** Process exit code by range: 1xxx -> 2, 2xxx -> 3, 3xxx -> 4, 4xxx -> 5, 9xxx -> 70. */
export function exitCode(code: ErrorCode): number {
  const range = Number(code.charAt(2));
  return range === 9 ? 70 : range + 1;
}
