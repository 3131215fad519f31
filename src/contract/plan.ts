import type { ExpectedSpan, LibraryAnswer, Route } from './codemod.ts';
import type { Edit, Task } from './edit.ts';
import type { Problem } from './survey.ts';

/** A service that is begun from a template, and the answers it is filled with. */
export interface NewService {
  /** Id of the template. */
  readonly template: string;
  /** As npm knows it, with its scope. */
  readonly name: string;
  /** Major version of Node.js that it runs on. */
  readonly node: string;
  /** It lies in a repository with a CI of its own. */
  readonly inside?: true;
  /** Templates of services that are begun together below it; each asks the next. */
  readonly services?: readonly string[];
}

export type Part = 'client' | 'collector' | 'consumer' | 'dockerfile' | 'job' | 'producer' | 'route' | 'test-with-golden-trace';

/** What is added to a service that is traced. */
export interface AddedPart {
  readonly part: Part;
  /** A path, a queue or another service, as the part wants it. */
  readonly subject?: string;
  /** Folder of the service's package, where there are several. */
  readonly service?: string;
}

/** What a plan was asked for. Part of its hash. */
export interface PlanOptions {
  /** Only these codemods; empty means all but those that are opt-in. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** These as well, opt-in ones among them. */
  readonly with?: readonly string[];
  /** A new service in an empty folder, instead of a change of what is there. */
  readonly scaffold?: NewService;
  /** A part of a service, instead of tracing. */
  readonly add?: AddedPart;
}

/** One codemod's answer. */
export type PlannedCodemod =
  | {
      readonly id: string;
      readonly status: 'applies';
      /** Offsets refer to the text as left by the codemods listed before this one. */
      readonly edits: readonly Edit[];
      readonly tasks: readonly Task[];
      readonly expects: readonly ExpectedSpan[];
    }
  | { readonly id: string; readonly status: 'satisfied'; readonly why: string }
  | { readonly id: string; readonly status: 'unsupported'; readonly why: string; readonly next: string };

/** A file before and after the whole plan; hashes are hex sha256 of its bytes, null when it does not exist. */
export interface PlannedFile {
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Pure data; byte-identical for the same tree and options on any machine. */
export interface Plan {
  readonly tool: { readonly name: 'tracewright'; readonly version: string };
  readonly options: PlanOptions;
  readonly codemods: readonly PlannedCodemod[];
  readonly files: readonly PlannedFile[];
  readonly routes: readonly Route[];
  /** Every library of a kind that is known, and what becomes of it. */
  readonly libraries: readonly LibraryAnswer[];
  readonly problems: readonly Problem[];
  /** Everything that was looked at -> sha256, or null for "is not there". */
  readonly inputs: Readonly<Record<string, string | null>>;
  /** sha256 of the canonical JSON of everything above. */
  readonly hash: string;
}
