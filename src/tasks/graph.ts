import { canonicalJson, sha256 } from '../engine/plan/canonical.ts';

/** What the input of each kind of step holds. The one place where a kind is written down. */
export const shapes = {
  survey: { services: 'texts' },
  plan: { plan: 'text', only: 'texts', skip: 'texts', with: 'texts' },
  apply: { plan: 'text', only: 'texts', skip: 'texts', with: 'texts' },
  install: { plan: 'text', folder: 'text', packageManager: 'text' },
  build: { plan: 'text', folder: 'text', command: 'text' },
  test: { plan: 'text', folder: 'text', command: 'text' },
  command: { plan: 'text', folder: 'text', command: 'text' },
  verify: { plan: 'text', against: 'text' },
  record: { plan: 'text' },
  observe: { plan: 'text', folders: 'texts', pairs: 'texts' },
  commit: { plan: 'text', message: 'text', of: 'text' },
  gate: { plan: 'text', question: 'text' },
  agent: { plan: 'text', codemod: 'text', file: 'text', instruction: 'text', accepted: 'text' },
} as const;

type Shapes = typeof shapes;
export type StepKind = keyof Shapes;

/** The data a step of one kind works on; a step that must run again when something changes names it here. */
export type StepInput<Kind extends StepKind> = {
  readonly [Field in keyof Shapes[Kind]]: Shapes[Kind][Field] extends 'text' ? string : readonly string[];
};

/** An edge that opens when one observed trace leads from a span of the producer to one of the consumer; both are names of services. */
export interface Propagation {
  readonly producer: string;
  readonly consumer: string;
}

/** How `observe` steps call such an edge. */
export function pairOf({ producer, consumer }: Propagation): string {
  return `${producer} -> ${consumer}`;
}

/** One node of the graph. */
export type Step<Kind extends StepKind = StepKind> = Kind extends StepKind
  ? {
      readonly id: string;
      /** Steps that must be done before. */
      readonly after: readonly string[];
      /** Edges of the other kind: it waits until an `observe` step has seen each of them. */
      readonly propagates?: readonly Propagation[];
      readonly kind: Kind;
      readonly input: StepInput<Kind>;
      /** Which repository of the graph it works in; '.' when it is not said. */
      readonly repo?: string;
      /** How often one run tries it. */
      readonly attempts?: number;
      /** After so long an attempt is ended. */
      readonly seconds?: number;
    }
  : never;

/** A step with what it is known by: a done step with the same identity is never run again. */
export type KnownStep = Step & { readonly identity: string };

/** The commit that the work of one repository starts from, and the branch it ends on. */
export interface Repository {
  readonly base: string;
  readonly branch: string;
}

/** A migration as data: `.tracewright/tasks/graph.json`. */
export interface TaskGraph {
  readonly format: 1;
  /** Version of the toolkit that made it. */
  readonly tool: string;
  /** By folder relative to where the graph lies; '.' is that folder. */
  readonly repositories: Readonly<Record<string, Repository>>;
  /** Each after all that it names. */
  readonly steps: readonly KnownStep[];
  /** sha256 of the canonical JSON of everything above. */
  readonly hash: string;
}

/** What a step is known by, whatever it is called and wherever it stands in the order. */
export function identityOf({ kind, input, repo }: Step, tool: string, repositories: TaskGraph['repositories']): string {
  const base = repositories[repo ?? '.']?.base ?? '';
  return sha256(canonicalJson({ kind, input, tool, base, ...(repo === undefined ? {} : { repo }) }));
}

/** Hash of a graph without its own `hash`. */
export function graphHash({ format, tool, repositories, steps }: Omit<TaskGraph, 'hash'>): string {
  return sha256(canonicalJson({ format, tool, repositories, steps }));
}
