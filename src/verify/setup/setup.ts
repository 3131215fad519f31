/** One program to start. */
export interface ServiceSetup {
  readonly name: string;
  /** Repository-relative folder; '' is the root. */
  readonly dir: string;
  readonly command: string;
  /** Runs once before the start, in `dir`. */
  readonly build?: string;
  /** The port it listens on, passed as PORT. Without one the verifier chooses when `choosePort` says so. */
  readonly port?: number;
  readonly choosePort: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** Regular expression source on its output; without one it is ready when it listens. */
  readonly readyOutput?: string;
}

export interface RequestSetup {
  readonly service: string;
  /** A command that gives the service work, such as a job on its queue, in place of a request: `path` holds it. */
  readonly isCommand?: true;
  /** What reports call it; a command is long. */
  readonly name?: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expectStatus?: number;
  /** Spans that its trace must hold; programs are not stopped before they are seen. */
  readonly expectSpans: readonly string[];
  /** Regular expression sources: what they match in a body may differ between two versions. */
  readonly ignore: readonly string[];
}

/** Requests that are sent one after the other; their traces make one golden file. */
export interface Scenario {
  readonly name: string;
  /** They are sent again, all at once: whatever they have in common must not mix up their traces. */
  readonly parallel?: boolean;
  readonly requests: readonly RequestSetup[];
  /** As in a request, for the output of the programs. */
  readonly ignore: readonly string[];
}

/** What to start, what to ask it, and which further attributes a golden trace may hold. */
export interface Setup {
  readonly origin: 'tracewright.yaml' | 'derived';
  readonly services: readonly ServiceSetup[];
  readonly scenarios: readonly Scenario[];
  readonly attributes: readonly string[];
  /** What was assumed, for the report. */
  readonly notes: readonly string[];
}

/** `METHOD /path` without the query: how reports and golden files call a request. */
export function requestLabel(request: Pick<RequestSetup, 'method' | 'path' | 'isCommand' | 'name'>): string {
  if (request.isCommand) return `${request.method} ${request.name ?? request.path.replace(/\s+/g, ' ').trim()}`;
  return `${request.method} ${request.path.split('?')[0]}`;
}
