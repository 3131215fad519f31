/** Why a new service has a file, by its path; the first that fits. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)package\.json$/, 'Names the service, its scripts and its exact versions.'],
  [/(?:^|\/)package-lock\.json$/, 'Installs the versions that were tested together.'],
  [/(?:^|\/)tsconfig[^/]*\.json$/, 'Says how TypeScript is checked and compiled.'],
  [/(?:^|\/)instrumentation\.[cm]?[jt]s$/, 'Starts tracing and request logs before everything else.'],
  [/(?:^|\/)vendor\//, 'The middleware is not in a registry yet, so it is installed from this packed file.'],
  [/(?:^|\/)\.dockerignore$/, 'Keeps what is installed, built or secret out of the image.'],
  [/(?:^|\/)packages\//, 'A part of what the services share.'],
  [/(?:^|\/)Dockerfile$/, 'Builds an image that runs as another user than root and ends on SIGTERM.'],
  [/(?:^|\/)compose\.yaml$/, 'Starts the service beside an OpenTelemetry collector and Jaeger.'],
  [/^\.github\/workflows\//, 'Runs build, tests and the trace gate for every change.'],
  [/(?:^|\/)\.tracewright\/golden\//, 'The traces that the example routes must leave, for `verify --frozen`.'],
  [/(?:^|\/)tracewright\.yaml$/, 'Says what `tracewright verify` starts and asks.'],
  [/(?:^|\/)\.env\.example$/, 'Lists the settings, for `npm run dev`.'],
  [/(?:^|\/)\.gitignore$/, 'Keeps what is installed, built or secret out of git.'],
  [/(?:^|\/)README\.md$/, 'Says how to start it and where things are.'],
  [/(?:^|\/)AGENTS\.md$/, 'Says to coding agents how to work on it.'],
  [/(?:^|\/)config\.[jt]s$/, 'Reads the settings once and checks them.'],
  [/(?:^|\/)log\.[jt]s$/, 'Writes JSON lines with trace ids.'],
  [/(?:^|\/)dev\//, 'Stands for another service on your machine and in tests.'],
  [/(?:^|\/)test\//, 'Starts the service and asks it what the README promises.'],
  [/(?:^|\/)src\//, 'A part of the service itself.'],
];

export function whyOf(file: string): string {
  return reasons.find(([pattern]) => pattern.test(file))?.[1] ?? 'Comes with the template.';
}
