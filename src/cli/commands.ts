import { taskActions } from './task-actions.ts';

/** An option as commander and the help text write it. */
export interface CommandOption {
  readonly flags: string;
  readonly description: string;
}

/** A subcommand, e.g. `tasks run`. */
export interface CommandAction {
  readonly name: string;
  readonly argument: string;
  /** Without a full stop. */
  readonly summary: string;
  readonly options: readonly CommandOption[];
}

/** Everything the command line says about one command; parsing, help and docs/cli.md are made from it. */
export interface Command {
  readonly name: CommandName;
  /** As it follows the name, e.g. `[folder]`. */
  readonly argument?: string;
  /** It runs a command of the user's own, given after `--`. */
  readonly passes?: true;
  /** Without a full stop. */
  readonly summary: string;
  readonly description: string;
  /** Of a command that has actions: what each of them takes besides its own. */
  readonly options: readonly CommandOption[];
  readonly actions?: readonly CommandAction[];
  readonly examples: readonly { readonly command: string; readonly why: string }[];
}

export type CommandName =
  | 'plan'
  | 'apply'
  | 'verify'
  | 'record'
  | 'check'
  | 'dismiss'
  | 'agent-init'
  | 'undo'
  | 'list'
  | 'explain'
  | 'receive'
  | 'demo'
  | 'mcp'
  | 'tasks'
  | 'new'
  | 'add';

const yes: CommandOption = { flags: '-y, --yes', description: 'do not ask; needed without a terminal' };
const json: CommandOption = { flags: '--json', description: 'print one JSON document and nothing else' };
const only: CommandOption = { flags: '--only <ids>', description: 'use only these codemods, separated by commas' };
const also: CommandOption = { flags: '--with <ids>', description: 'also use these codemods, which run only when named' };
const skip: CommandOption = { flags: '--skip <ids>', description: 'leave out these codemods, separated by commas' };
const scenario: CommandOption = { flags: '--scenario <name>', description: 'only this scenario of tracewright.yaml' };
const timeout: CommandOption = {
  flags: '--timeout <seconds>',
  description: 'how long a program may take to listen (default: 30), or the command after -- to end (default: 1800)',
};

/** Every command, in the order a person meets them. */
export const commands: readonly Command[] = [
  {
    name: 'plan',
    argument: '[folder]',
    summary: 'show what would change and why; writes nothing',
    description: 'Reads the repository and shows what was found, what would change and why, and what is left alone. Nothing is written.',
    options: [
      { flags: '--diff', description: 'show every changed line as a unified diff' },
      { flags: '--out <file>', description: 'also write the plan as JSON, for `apply --plan`' },
      { flags: '--handoff <file>', description: 'also write it as Markdown, for a reviewer or another agent' },
      only,
      also,
      skip,
      json,
    ],
    examples: [
      { command: 'tracewright plan', why: 'the repository in this folder' },
      { command: 'tracewright plan ../shop --diff', why: 'with every changed line' },
      { command: 'tracewright plan --out plan.json', why: 'review it, then `apply --plan plan.json`' },
    ],
  },
  {
    name: 'apply',
    argument: '[folder]',
    summary: 'make the change, all of it or nothing',
    description:
      'Plans, shows the summary, asks on a terminal, and writes everything or nothing. A receipt in .tracewright/ makes `undo` possible. Nothing of the repository is run, unless `--install` is given: its package manager then does what it does when you type it, with the scripts of the packages and the settings of the repository (.npmrc and the like). What an interrupted apply of yours left is put back first, after the same question.',
    options: [
      { flags: '--plan <file>', description: 'apply this plan; refused when a file it read has changed' },
      yes,
      { flags: '--allow-dirty', description: 'also when there are uncommitted changes' },
      { flags: '--install', description: 'run the package manager afterwards' },
      only,
      also,
      skip,
      json,
    ],
    examples: [
      { command: 'tracewright apply', why: 'shows the plan and asks' },
      { command: 'tracewright apply . --yes --install', why: 'in a script' },
      { command: 'tracewright apply --plan plan.json --yes', why: 'exactly what was reviewed' },
      { command: 'tracewright apply . --with ci-trace-gate', why: 'also put check and verify into CI' },
    ],
  },
  {
    name: 'verify',
    argument: '[folder]',
    passes: true,
    summary: 'start the program, send requests, check its traces',
    description:
      'Starts the repository with its own start command, sends the requests of the scenario, reads the traces it sends and compares them with the golden trace. Installs nothing.',
    options: [
      { flags: '--against <ref>', description: 'also run this git revision, and compare status and body, e.g. HEAD' },
      scenario,
      timeout,
      { flags: '--frozen', description: 'fail when a golden trace is missing (for CI)' },
      { flags: '--update', description: 'write the golden traces that differ, if every other check holds' },
      { flags: '--draft', description: 'start nothing: print a tracewright.yaml for every program and route that the code names' },
      { flags: '--report [file]', description: 'also write a page to look at (default: .tracewright/report.html)' },
      { flags: '--handoff <file>', description: 'also write what was changed, left and proven as Markdown' },
      json,
    ],
    examples: [
      { command: 'tracewright verify', why: 'after apply and install' },
      { command: 'tracewright verify --against HEAD', why: 'same answers as before the change?' },
      { command: 'tracewright verify --draft > tracewright.yaml', why: 'a first scenario, to be looked at' },
      { command: 'tracewright verify --frozen --json', why: 'in CI' },
      { command: 'tracewright verify --frozen -- npm test', why: 'the traces of your own tests, one golden trace per test' },
      { command: 'tracewright verify --update -- npm test', why: 'show what differs, and write it' },
    ],
  },
  {
    name: 'record',
    argument: '[folder]',
    passes: true,
    summary: 'write the golden trace that verify compares with',
    description: 'Runs the scenario like `verify` and writes the traces it saw to .tracewright/golden/.',
    options: [scenario, timeout, json],
    examples: [
      { command: 'tracewright record', why: 'then review and commit .tracewright/golden/' },
      { command: 'tracewright record -- npm test', why: 'one golden trace for each of your own tests' },
    ],
  },
  {
    name: 'check',
    argument: '[folder]',
    summary: 'check without starting anything that tracing is still in place',
    description:
      'Compares the repository with its receipt: codemods satisfied, tracing loaded first, nothing by hand, one copy of the API, versions and lock file in order. Ends with 0, or 3 when something is wrong or nothing was migrated.',
    options: [
      { flags: '--staged', description: 'only what is staged in git: refuses OpenTelemetry by hand that the next commit would add' },
      { flags: '--hook <agent>', description: 'answer a hook of that agent (claude), whose tool call comes on standard input' },
      { flags: '--sarif <file>', description: 'also write SARIF 2.1.0, for code scanning' },
      { flags: '--junit <file>', description: 'also write JUnit XML' },
      json,
    ],
    examples: [
      { command: 'tracewright check', why: 'the repository in this folder' },
      { command: 'tracewright check --staged', why: 'in a pre-commit hook' },
      { command: 'tracewright check --sarif check.sarif --junit check.xml', why: 'in CI' },
    ],
  },
  {
    name: 'dismiss',
    argument: '[task] [folder]',
    summary: 'say that a task stays undone, and why',
    description:
      'What codemods leave to a person is named by plan and verify until it is done or dismissed. This notes in .tracewright/dismissed.json, to be committed, that a task is not to be done; without a task it lists what is left. It is for a person: no tool of the MCP server does it.',
    options: [{ flags: '--why <reason>', description: 'the reason, for whoever reads it later' }, json],
    examples: [
      { command: 'tracewright dismiss', why: 'what is left, with names' },
      { command: 'tracewright dismiss t-1a2b3c --why "the legacy pool is removed in May"', why: 'one of them' },
    ],
  },
  {
    name: 'undo',
    argument: '[folder]',
    summary: 'put back every byte that apply changed',
    description:
      'Lists what the receipt gives back, asks on a terminal, and restores every file as it was before `apply`, or nothing. Refused when a changed file was edited since. A receipt came with the repository, perhaps from a stranger: read the list. An apply that was interrupted is put back first; a journal of which nothing shows that this machine wrote it, only after a yes typed on a terminal.',
    options: [yes, json],
    examples: [
      { command: 'tracewright undo', why: 'shows what it would put back and asks; then run your package manager again' },
      { command: 'tracewright undo . --yes', why: 'in a script' },
    ],
  },
  {
    name: 'agent-init',
    argument: '[folder]',
    summary: 'let coding agents call these commands instead of writing OpenTelemetry',
    description:
      'Adds the MCP server, a skill, rules and a hook to the files that coding agents read: those of the agents named, else of those whose files are there, else of Claude Code. Everything else in those files stays as it is.',
    options: [
      { flags: '--claude', description: 'Claude Code: .mcp.json, .claude/, an import in CLAUDE.md' },
      { flags: '--codex', description: 'Codex: .codex/config.toml, .agents/skills/' },
      { flags: '--cursor', description: 'Cursor: .cursor/mcp.json' },
      { flags: '--vscode', description: 'VS Code: .vscode/mcp.json' },
      {
        flags: '--command <command>',
        description: 'what starts Tracewright, from the root of the repository (default: as you started it)',
      },
      { flags: '--print', description: 'show the diff and write nothing' },
      { flags: '--undo', description: 'list what would be taken out again, ask on a terminal, and do it' },
      { flags: '-y, --yes', description: 'with --undo: do not ask; needed without a terminal' },
      json,
    ],
    examples: [
      { command: 'tracewright agent-init', why: 'the agents whose files are here' },
      { command: 'tracewright agent-init --claude --codex --print', why: 'see the diff first' },
      { command: 'tracewright agent-init --command "npx -y tracewright@0.1.0"', why: 'for files that are shared' },
      { command: 'tracewright agent-init --undo', why: 'every byte back' },
    ],
  },
  {
    name: 'list',
    summary: 'list the codemods',
    description: 'Lists every codemod with the versions it supports.',
    options: [json],
    examples: [{ command: 'tracewright list', why: 'ids for --only, --with and --skip' }],
  },
  {
    name: 'new',
    argument: '[template] [folder]',
    summary: 'begin a service that is traced from its first commit',
    description:
      'Writes a new service from a template into a new or empty folder: code, tests, golden trace, Dockerfile, compose with collector and Jaeger, CI. Shows the files and asks on a terminal; writes all of them or nothing, and `undo` takes them away again. Nothing is downloaded unless `--install` is given.',
    options: [
      { flags: '--list', description: 'list the templates and write nothing' },
      { flags: '--name <name>', description: "npm's name of the service (default: the folder's)" },
      { flags: '--node <line>', description: 'line of Node.js it runs on: 20, 22 or 24 (default: the one that runs this)' },
      {
        flags: '--services <templates>',
        description: 'several services that call each other, each from a template; installs and starts them',
      },
      { flags: '--no-start', description: 'with --services: write them only' },
      { flags: '--install', description: 'run npm afterwards' },
      { flags: '--no-git', description: 'do not make it a git repository' },
      yes,
      json,
    ],
    examples: [
      { command: 'tracewright new', why: 'asks' },
      { command: 'tracewright new express-ts orders --yes --install', why: 'in a script' },
      { command: 'tracewright new --list', why: 'the templates' },
      { command: 'tracewright new --services express-ts,worker-bullmq-ts shop', why: 'ends with one trace over both' },
      { command: 'tracewright new http-js @acme/stock --node 24', why: 'the package @acme/stock in the folder stock' },
    ],
  },
  {
    name: 'add',
    argument: '[part] [what] [folder]',
    summary: 'add a route, a client, a queue... to a traced service',
    description:
      'Adds a part to a service that was begun here or migrated: in the manner of its own files, with its setting, its request in tracewright.yaml and its test where the service has such. What cannot be edited safely is named as a task. Shows the edits and asks on a terminal; writes all of them or nothing, and `undo` takes them back. Nothing is run or downloaded.',
    options: [
      { flags: '--list', description: 'list the parts and write nothing' },
      { flags: '--service <folder>', description: 'package of the service, where the repository has several' },
      { flags: '--allow-dirty', description: 'also with uncommitted changes' },
      yes,
      json,
    ],
    examples: [
      { command: 'tracewright add route /items/:id', why: 'beside the other routes' },
      { command: 'tracewright add client billing', why: 'a call of another service, and its setting' },
      { command: 'tracewright add job mails', why: 'a queue on BullMQ with its worker' },
      { command: 'tracewright add --list', why: 'the parts' },
    ],
  },
  {
    name: 'explain',
    argument: '<code or codemod>',
    summary: 'explain an error code or a codemod',
    description: 'Says what an error code such as TW2001 means and what to do next, or what a codemod does.',
    options: [json],
    examples: [
      { command: 'tracewright explain TW2001', why: 'an error code' },
      { command: 'tracewright explain otel-load', why: 'a codemod' },
    ],
  },
  {
    name: 'receive',
    summary: 'listen for OTLP and print each trace when it is complete',
    description:
      'Listens for OTLP over HTTP (protobuf and JSON) and gRPC on 127.0.0.1, and prints each trace as a tree when it is complete. Ctrl-C ends it.',
    options: [
      { flags: '--port <port>', description: 'for OTLP/HTTP (default: 4318); 0 takes a free one' },
      { flags: '--grpc-port <port>', description: 'for OTLP/gRPC (default: 4317); 0 takes a free one' },
      { flags: '--out <file>', description: 'also write traces and logs as OTLP/JSON lines' },
      { flags: '--json', description: 'print one JSON document for each trace and nothing else' },
    ],
    examples: [
      { command: 'tracewright receive', why: 'then start your program: exporters send here by default' },
      { command: 'tracewright receive --out traces.jsonl', why: 'keep what came' },
    ],
  },
  {
    name: 'demo',
    summary: 'migrate a bundled legacy app and show its trace',
    description:
      'Copies a bundled legacy app to a temporary folder, plans, applies, installs, starts it, and shows the trace it produced. Removes the folder at the end.',
    options: [
      { flags: '--example <name>', description: 'which bundled app (default: legacy-express)' },
      { flags: '--keep', description: 'keep the folder to look around' },
      json,
    ],
    examples: [
      { command: 'tracewright demo', why: 'needs git, npm and a minute' },
      { command: 'tracewright demo --example fetch-chain --keep', why: 'three services, and keep the folder' },
    ],
  },
  {
    name: 'mcp',
    summary: 'serve coding agents over the Model Context Protocol',
    description:
      'Offers plan, apply, verify, undo, status and explain as tools to coding agents, over standard input and output, or over HTTP on 127.0.0.1. Confined to the folder it is started in.',
    options: [
      { flags: '--http [port]', description: 'serve HTTP on 127.0.0.1 instead (default port: 3920; 0 takes a free one)' },
      { flags: '--root <folders...>', description: 'confine it to these folders instead' },
      { flags: '--wait <seconds>', description: 'how long a call may take before it goes on in the background (default: 45)' },
    ],
    examples: [
      { command: 'tracewright mcp', why: 'as the command of an MCP server; docs/mcp.md says where to put it' },
      { command: 'tracewright mcp --http 3920 --root ../shop ../billing', why: 'two repositories, http://127.0.0.1:3920/mcp' },
    ],
  },
  {
    name: 'tasks',
    argument: '<action> [folder]',
    summary: 'run the whole migration as steps that survive a restart',
    description: 'The journal in .tracewright/tasks/ says what is done; nothing done is done again.',
    actions: taskActions([only, also, skip]),
    options: [json],
    examples: [
      { command: 'tracewright tasks run', why: 'plans the steps when there are none, and runs them' },
      { command: 'tracewright tasks status --brief', why: 'where it stands and what to do next' },
      { command: 'tracewright tasks plan --repo web,orders', why: 'several repositories side by side; docs/tasks.md says what they need' },
      { command: 'tracewright tasks resume', why: 'after a crash, a failure or a cancel' },
      { command: 'tracewright tasks sync', why: "Claude Code's task list and the steps, in line" },
    ],
  },
];
