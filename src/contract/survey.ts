import type { ErrorCode } from './errors.ts';

/** Where a fact was read. */
export interface Evidence {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A value and the place it was read from. */
export interface Fact<T> {
  readonly value: T;
  readonly evidence: Evidence;
}

export type ModuleSystem = 'commonjs' | 'esm';

export type PackageManager = 'npm' | 'yarn' | 'yarn-berry' | 'pnpm';

/** A dependency as declared, and as the lock file resolved it. */
export interface Dependency {
  /** npm name, also where package.json gives it another one (`"express4": "npm:express@4"`). */
  readonly name: string;
  /** The name in package.json and in imports, where it is another one. */
  readonly as?: string;
  /** Not declared: the declared library that loads it. */
  readonly through?: string;
  readonly section: 'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies';
  readonly range: string;
  /** Exact version from the lock file; undefined when there is none or it does not say. */
  readonly resolved?: string;
  readonly evidence: Evidence;
}

/** The Node.js version a package targets. `version` is exact or a major ("20"); `range` is semver. */
export interface NodeTarget {
  /** The lowest version the strongest evidence admits, as `major[.minor[.patch]]`. */
  readonly minimum: string;
  readonly range: string;
  readonly evidence: Evidence;
  /** Weaker evidence that disagrees with the chosen one. */
  readonly conflicts: readonly Fact<string>[];
}

/** How TypeScript (or modern JavaScript) becomes what Node runs. */
export interface Build {
  readonly tool: 'tsc' | 'tsx' | 'ts-node' | 'swc' | 'babel' | 'nest' | 'esbuild' | 'webpack' | 'rollup' | 'strip-types' | 'unknown';
  /** Module system of the output. */
  readonly emits: ModuleSystem;
  /** True when dependencies are bundled into the output, so patching them by module name cannot work. */
  readonly bundles: boolean;
  /** True when the imports of what stays outside of a bundle come before all code in it. */
  readonly hoists?: boolean;
  /** True when another package would be put into an ES module bundle, where what it requires of Node.js fails. */
  readonly closed?: boolean;
  /** Repository-relative folders, when stated. */
  readonly source?: string;
  readonly output?: string;
  readonly evidence: Evidence;
}

/** One package.json. */
export interface Package {
  /** Repository-relative folder; '' is the root. */
  readonly dir: string;
  readonly manifest: string;
  readonly name?: string;
  readonly version?: string;
  /** What `type` says for its `.js` files. */
  readonly type: ModuleSystem;
  readonly dependencies: readonly Dependency[];
  readonly node?: NodeTarget;
  readonly build?: Build;
  readonly packageManager: PackageManager;
  /** Lock files that apply to this package, nearest first. */
  readonly lockfiles: readonly string[];
  /** True when this package only holds workspaces. */
  readonly workspaceRoot: boolean;
  /** Folder of the workspace root this package belongs to, itself when it is one or stands alone. */
  readonly root: string;
  /** The `main` field, as written. */
  readonly main?: string;
  readonly testRunner?: 'vitest' | 'jest' | 'mocha' | 'node:test' | 'ava' | 'tap';
  /** What says that others install this package from a registry; undefined for a private one and where nothing says so. */
  readonly published?: Fact<string>;
}

/** A source file that a launch runs first. */
export interface Entry {
  /** Repository-relative path of the file a person edits (source, never build output). */
  readonly file: string;
  readonly package: string;
  readonly language: 'javascript' | 'typescript';
  /** What Node sees when it runs: the module system after the build. */
  readonly runsAs: ModuleSystem;
  /** How the file itself writes imports. */
  readonly syntax: 'require' | 'import';
  readonly evidence: Evidence;
}

/** Where Node flags are written for a launch. */
export interface FlagSlot {
  readonly file: string;
  /** Offset in `file` right after the word `node` (or the runner that takes Node flags). Write there with `flagText`. */
  readonly offset: number;
  /** `before`: the offset is where the first flag begins, because no word `node` is written (distroless images, PM2 `node_args`). */
  readonly position?: 'before';
  /** Text around the flags when they need a property of their own (PM2 `node_args`). */
  readonly around?: readonly [before: string, after: string];
  /** `yaml` form: what precedes the dash of a list element on its line. */
  readonly indent?: string;
  /** `shell`: plain text inside an unquoted or JSON/YAML string. `json`: an element of a JSON array. `yaml`: an element of a YAML list. */
  readonly form: 'shell' | 'json' | 'yaml';
}

/** One way the program is started. */
export interface Launch {
  readonly kind: 'script' | 'dockerfile' | 'compose' | 'procfile' | 'pm2' | 'nodemon' | 'kubernetes' | 'systemd' | 'serverless' | 'main';
  /** Script name, stage, compose service or process name. */
  readonly name: string;
  /** The command as written. */
  readonly command: string;
  /** Repository-relative folder the command runs in. */
  readonly cwd: string;
  /** Entry it ends in; undefined when it could not be followed. */
  readonly entry?: string;
  /** Launch names from this one to the one that calls Node, e.g. ["start", "serve"]. */
  readonly chain: readonly string[];
  /** Where Node flags go; undefined when flags cannot be controlled, or when the chain ends in another launch of this list. */
  readonly flags?: FlagSlot;
  /** The file as given to Node, relative to where the command runs (in a container: there), e.g. `dist/main.js`. */
  readonly target?: string;
  /** The program that runs the entry: `node`, `tsx`, `ts-node`, `nodemon`... */
  readonly runner?: string;
  /** Modules that the command (or NODE_OPTIONS in it) already preloads, as written. */
  readonly preloads?: readonly string[];
  readonly purpose: 'production' | 'development' | 'other';
  readonly evidence: Evidence;
}

/** A package with at least one entry. */
export interface Service {
  /** package.json name, else the folder's name. */
  readonly name: string;
  readonly package: string;
  readonly entries: readonly Entry[];
  readonly launches: readonly Launch[];
}

/** One Dockerfile instruction that matters here; offsets into its text. */
export interface DockerInstruction {
  readonly keyword: string;
  readonly arguments: readonly string[];
  /** Start and end offset of each of `arguments`. */
  readonly argumentRanges?: readonly (readonly [start: number, end: number])[];
  /** `--from=build` and the like, as written. */
  readonly flags?: readonly string[];
  /** Exec (JSON) form. */
  readonly json: boolean;
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
}

export interface DockerStage {
  readonly name?: string;
  readonly image: string;
  readonly instructions: readonly DockerInstruction[];
}

export interface Dockerfile {
  readonly file: string;
  /** Folder the build context is assumed to be. */
  readonly context: string;
  readonly stages: readonly DockerStage[];
}

/** What a compose service mounts over the folders of its image. */
export interface Mount {
  readonly service: string;
  /** The Dockerfile that the service is built of. */
  readonly dockerfile?: string;
  /** A folder or file of the repository; undefined when Docker keeps the content. */
  readonly source?: string;
  /** The name of what Docker keeps; undefined when it has none. */
  readonly name?: string;
  /** Absolute, in the container. */
  readonly target: string;
  readonly evidence: Evidence;
}

/** Tracing that is already there. */
export interface Telemetry {
  readonly vendor:
    | 'opentelemetry'
    | 'datadog'
    | 'newrelic'
    | 'elastic'
    | 'sentry'
    | 'opentracing'
    | 'xray'
    | 'instana'
    | 'appinsights'
    | 'tracewright';
  /** Folder of the package that has it. */
  readonly package: string;
  /** npm package name. */
  readonly name: string;
  /** `declared`: only a dependency. `started`: code or a launch starts it. */
  readonly state: 'declared' | 'started';
  readonly evidence: Evidence;
}

/** Something that could not be read or understood; the rest goes on. */
export interface Problem {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly evidence: Evidence;
}

/** Facts about a repository, each with its evidence. Plain JSON. */
export interface Survey {
  readonly packages: readonly Package[];
  readonly services: readonly Service[];
  readonly dockerfiles: readonly Dockerfile[];
  readonly mounts: readonly Mount[];
  readonly telemetry: readonly Telemetry[];
  /** Logger packages in use, by package folder. */
  readonly loggers: readonly { readonly package: string; readonly name: string; readonly evidence: Evidence }[];
  readonly problems: readonly Problem[];
}
