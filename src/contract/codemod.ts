import type { Edit, Task } from './edit.ts';
import type { ErrorCode } from './errors.ts';
import type { Repo } from './repo.ts';
import type { Evidence, Survey } from './survey.ts';

export type CodemodKind =
  | 'bootstrap'
  | 'launch'
  | 'server'
  | 'client'
  | 'messaging'
  | 'context'
  | 'span'
  | 'log'
  | 'repair'
  | 'upgrade'
  | 'test'
  | 'scaffold';

export interface CodemodMeta {
  /** Kebab case, `<target>-<outcome>`; equals the folder name. */
  readonly id: string;
  /** Sentence case, no full stop, under 10 words. */
  readonly title: string;
  /** Full sentences. */
  readonly description: string;
  readonly kind: CodemodKind;
  /** `file`: decides from one file alone, so it is also published as a jscodeshift transform. */
  readonly scope: 'file' | 'repository';
  /** Package -> semver range; the one place a supported version is written. */
  readonly targets: Readonly<Record<string, string>>;
  /** Byte needles: a source file with none of them is never parsed. */
  readonly mentions: readonly string[];
  /** Ids of codemods whose edits this one wants to see. */
  readonly after: readonly string[];
  /** Planned only when `--with` or `--only` names it: it changes what nobody expects of a migration. */
  readonly optIn?: true;
}

/** What its page in docs/codemods says beyond the meta; stands in `page.ts` beside the codemod. */
export interface CodemodPage {
  /** Why somebody wants it. */
  readonly why: string;
  /** When it is not for you, and what to do then. */
  readonly notFor: string;
  /** The fixture that the page shows before and after. */
  readonly example: string;
  /** Golden traces of examples in which what it promises was seen; a codemod of kind server, client, messaging or log has one. */
  readonly provenBy: readonly string[];
}

/** What edits of codemods load; it comes with the bootstrap. */
export const middlewarePackage = '@tracewright/middleware';

/** A span that a migrated program must emit; proven by `verify`. */
export interface ExpectedSpan {
  readonly kind: 'SERVER' | 'CLIENT' | 'INTERNAL' | 'PRODUCER' | 'CONSUMER';
  /** A span of this kind keeps the promise as well. */
  readonly orKind?: ExpectedSpan['kind'];
  /** Regular expression source on the span name. */
  readonly name: string;
  readonly why: string;
}

/** An HTTP route that was read in the source; `verify` drives the parameterless GET ones of the tree as it is. */
export interface Route {
  readonly service: string;
  readonly method: string;
  /** Template, e.g. `/users/:id`. */
  readonly path: string;
  readonly evidence: Evidence;
}

/** What a request to a route must carry, as JSON Schema, where the code states it: a schema, a validator's calls, a type. */
export interface RequestSchema {
  readonly body?: JsonSchema;
  readonly params?: JsonSchema;
  readonly query?: JsonSchema;
  /** Where it is stated. */
  readonly evidence: Evidence;
}

/** A place that works on a queue, and the places that put a job on it. */
export interface JobSite {
  /** npm name of what keeps the queue. */
  readonly library: string;
  readonly queue: string;
  readonly evidence: Evidence;
  readonly puts: readonly Evidence[];
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What becomes of a library that a service uses. One that is `left` has a task; one that is `dark` gets no spans. */
export interface LibraryAnswer {
  /** Folder of the service's package. */
  readonly package: string;
  readonly library: string;
  /** As locked, else as declared. */
  readonly version: string;
  /** The name it is imported by, where it is another one. */
  readonly as?: string;
  /** The library that loads it, where package.json does not name it. */
  readonly through?: string;
  readonly answer: 'traced' | 'left' | 'dark';
  readonly why: string;
  readonly evidence: Evidence;
}

/** A place in the source that makes a span whenever it runs; `verify` lists those of which a run saw nothing. */
export interface SpanSite {
  readonly service: string;
  readonly kind: ExpectedSpan['kind'];
  /** What makes it, e.g. `fetch`. */
  readonly what: string;
  readonly evidence: Evidence;
}

/** A service's package folder that a codemod leaves alone for good; the codemods after it leave it alone, too. */
export interface Refused {
  readonly dir: string;
  /** What the refusal is called when nothing else is left to do. */
  readonly code: ErrorCode;
  readonly why: string;
  readonly next: string;
  readonly evidence: Evidence;
}

export type Detection<Site> = { readonly refused?: readonly Refused[]; readonly libraries?: readonly LibraryAnswer[] } & (
  | { readonly status: 'applies'; readonly sites: readonly Site[] }
  | { readonly status: 'satisfied'; readonly why: string; readonly routes?: readonly Route[] }
  | { readonly status: 'unsupported'; readonly why: string; readonly next: string }
);

export interface Draft {
  readonly edits: readonly Edit[];
  readonly tasks: readonly Task[];
  readonly routes?: readonly Route[];
  readonly libraries?: readonly LibraryAnswer[];
}

/**
 * One change, described and never performed.
 *
 *   repo, survey -> detect -> sites -> plan -> edits + tasks      (pure: no I/O, clock, randomness or environment)
 *
 * `repo` is the tree as left by the codemods before it (see `meta.after`), so a later codemod can edit a file that an earlier one creates.
 */
export interface Codemod<Site = unknown> {
  readonly meta: CodemodMeta;
  readonly expects: readonly ExpectedSpan[];
  detect(repo: Repo, survey: Survey): Detection<Site>;
  plan(sites: readonly Site[], repo: Repo, survey: Survey): Draft;
  /** What the program does at run time that makes spans, in a tree that is migrated. */
  spanSites?(repo: Repo, survey: Survey): readonly SpanSite[];
  /** Routes that stand in the tree as it is, migrated or not. */
  routes?(repo: Repo, survey: Survey): readonly Route[];
  /** Queues that the programs work on. */
  jobs?(repo: Repo, survey: Survey): readonly JobSite[];
  /** What a request to one of these routes must carry. */
  requestOf?(route: Route, repo: Repo): RequestSchema | undefined;
}
