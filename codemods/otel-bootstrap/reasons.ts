import type { Covered, Gap } from '../../src/cohort/index.ts';
import type { Dependency, Route } from '../../src/contract/index.ts';
import { isLogger, type Role } from '../../src/libraries/index.ts';
import { type Bootstrap, isMissed, type TracedService } from '../service/index.ts';

const sentLines = 'are sent as log records with the ids of their trace; what is written stays as it is';

/** Every sentence this codemod says. */
export const reasons = {
  bootstrap: (traced: TracedService): string => {
    const { service, coverage } = traced;
    const libraries = coverage.covered.filter(({ esm }) => !isMissed(traced, esm)).map(({ dependency }) => dependency.name);
    const extra = libraries.length === 0 ? '' : ` and of ${libraries.join(', ')}`;
    const said = `Starts tracing of incoming and outgoing HTTP${extra} for ${service.name}; nothing else in the repository does.`;
    const loggers = libraries.filter(isLogger);
    return loggers.length === 0 ? said : `${said} Lines of ${loggers.join(' and ')} written during a request ${sentLines}.`;
  },
  tarball: 'The middleware is not in a registry yet, so it is installed from this packed file.',
  middlewareDependency: 'The bootstrap loads it; it is installed from the packed file in vendor/.',
  coreDependency: (name: string, why: string): string => `The middleware needs ${name} at this exact version. ${why}`,
  hookDependency: (libraries: readonly string[]): string =>
    `It shows imports of ${libraries.join(', ')} to their instrumentations, and nothing else; both sides must use this one copy.`,
  libraryDependency: ({ dependency, name }: Covered, cohort: string): string =>
    isLogger(dependency.name)
      ? `With ${name}, lines that ${dependency.name} writes during a request ${sentLines}; this is its version in the ${cohort} set.`
      : `${name} traces calls of ${nameOf(dependency)}; this is its version in the ${cohort} set.`,
  companionDependency: (name: string, owner: string): string => `${owner} sends log records through ${name}.`,
  sideEffects: (files: readonly string[]): string =>
    `The build leaves out what has no effect by this list, so ${files.join(' and ')} would not be in the bundle.`,
  copyVendor: 'The install step reads the packed middleware, which is not in the image at that point.',
  keptModules: (service: string): string =>
    `The container of ${service} keeps its node_modules in a volume, which a new image does not change: it would start without the packages that are added.`,
  keptModulesNext: (service: string, volume: string | undefined): string =>
    volume === undefined
      ? `Once, after the install: docker compose up --build --renew-anon-volumes ${service}.`
      : `Once, after the install: docker compose rm --stop ${service}, then docker volume rm for the volume ${volume} (docker volume ls shows its whole name), then docker compose up --build ${service}.`,
  onbuild: (image: string): string =>
    `${image} copies package.json alone and installs at once, so the packed middleware in vendor/ is not there yet and the build fails.`,
  onbuildNext: 'Start from the plain image, and write its steps out: WORKDIR, COPY package*.json, COPY vendor, RUN npm ci, COPY . .',
  writtenManifest: (folder: string): string =>
    `This installs by a package.json that a build writes into ${folder}, so whether the packed middleware and the OpenTelemetry packages are in it cannot be seen here.`,
  writtenManifestNext: (path: string): string =>
    `Have the build keep the new dependencies of package.json, and copy vendor/ so that ${path} is there before this line.`,
  mountVendor: 'The install step reads the packed middleware, which only a mount brings in at that point.',
  copyBootstrap: 'The image gets named files only, so the file that starts tracing must be named too.',
  keepInContext: 'The file keeps it out of the Docker build context, but the image needs it.',
  keepInGit: 'The file keeps it out of git, but every clone needs it.',
  gap: ({ dependency, name, supports }: Gap): string =>
    `${nameOf(dependency)} ${dependency.resolved ?? dependency.range} is outside what ${name} supports (${supports}), so its calls get no spans.`,
  gapNext: ({ dependency, supports }: Gap): string =>
    `${dependency.through === undefined ? `Move ${dependency.name} into ${supports}` : `Move ${dependency.through} to a version that loads ${dependency.name} ${supports}`}, or wrap its calls with traced() of @tracewright/middleware.`,
  renamed: ({ dependency, name }: Gap): string =>
    `${dependency.name} is imported as ${dependency.as}, and ${name} looks for it by its own name, so its calls get no spans.`,
  renamedNext: ({ dependency }: Gap): string =>
    `Depend on ${dependency.name} under its own name, then plan again; where two versions are needed, give the other name to the one that is used less.`,
  plugin: ({ name }: Dependency, plugin: string): string =>
    `Calls of ${name} get spans only from its own ${plugin}, which nothing here registers.`,
  unnamedRoutes: ({ name, resolved, range }: Dependency, service: string): string =>
    `Routes of ${name} ${resolved ?? range} are dark: nothing can be seen of them from outside, so server spans of ${service} are named by method only (GET, not GET /users/:id).`,
  unnamedRoutesNext: ({ name }: Dependency, versions: string, isBundled: boolean): string =>
    isBundled ? `Keep ${name} out of the bundle, then plan again.` : `Move ${name} into ${versions}, whose routes are read.`,
  withheld: ({ name, declares }: Covered): string =>
    `${name} installs ${declares}, which TypeScript would check here without being asked and may reject, so it is left out.`,
  withheldNext: ({ declares }: Covered): string =>
    `Set "skipLibCheck": true or "types" in tsconfig.json, or add ${declares} in a version that compiles, then plan again.`,
  added: ({ dependency }: Covered, { file }: Bootstrap): string =>
    `${nameOf(dependency)} was added after ${file} was written, so its calls get no spans.`,
  addedNext: ({ name, version, exports, esm, dependency }: Covered, { file, form }: Bootstrap): string => {
    const hook = form === 'loader' && esm === 'hook' ? `, and '${dependency.name}' to what its hook includes` : '';
    return `Add ${name} ${version} to the dependencies and \`new ${exports}()\` to the instrumentations in ${file}${hook}, or \`undo\` and apply again.`;
  },
  bundled: (service: string): string =>
    `The build of ${service} bundles its dependencies, so calls of database and queue libraries get no spans; HTTP is traced.`,
  bundledNext: 'Keep dependencies out of the bundle (esbuild --packages=external, webpack externals), then plan again.',
  noLoader: (service: string, libraries: readonly string[]): string =>
    `${service} runs as ES modules on a Node.js version without run-time import hooks, so calls of ${libraries.join(', ')} get no spans.`,
  noLoaderNext: 'Move to Node.js 18.19 or later, or start it with --experimental-loader=@opentelemetry/instrumentation/hook.mjs.',
  unhookable: ({ dependency, name }: Covered): string =>
    `${dependency.name} is imported by ES modules, where ${name} would stop the program, so its calls get no spans.`,
  unhookableNext: ({ dependency }: Covered): string =>
    `Load it by require, which is traced: createRequire(import.meta.url)('${dependency.name}'), with createRequire of node:module.`,
  later: (range: string): string => `This was migrated by a newer version of Tracewright (${range}), which this one leaves as it is.`,
  laterNext: 'Run the version of Tracewright that wrote it, or a newer one.',
  oldTarball: (version: string): string => `Version ${version} of the middleware is replaced by the one in vendor/ of today.`,
  renamedTarball: 'The packed middleware carries its version in its name, and this line names the old one.',
  upgradedMiddleware: (from: string, to: string): string => `The middleware goes from ${from} to ${to}, with what was mended since.`,
  upgradedDependency: (name: string, from: string, why: string): string =>
    `${name} was ${from}; the set it belongs to moved on, and its versions fit together only as a whole. ${why}`,
  droppedDependency: (name: string): string => `An earlier version added ${name}; nothing here loads it any more.`,
  completed: (libraries: readonly Covered[]): string =>
    `Versions before did not look for what libraries load themselves: ${libraries.map(({ dependency }) => nameOf(dependency)).join(', ')}.`,
  narrowHook: 'Until 0.3.0 the hook wrapped every module, the program too: reassigned exports froze and module cycles broke.',
  dropHook: 'No instrumentation here must see ES module imports, and the hook of 0.3.0 wrapped every module of the program.',
  editedHook:
    'This hook wraps every module of the program, which freezes reassigned exports and breaks module cycles; the lines were edited, so they are left.',
  editedHookNext: (modules: readonly string[]): string =>
    modules.length === 0
      ? 'Remove the hook, or pass { include: [...] } with only the packages that are instrumented, to hookSync and as data to hookThread.'
      : `Pass { include: [${modules.map((name) => `'${name}'`).join(', ')}] } to hookSync, and as { data: { include } } to hookThread.`,
  strangePlace: (file: string, dockerfile: string): string =>
    `${dockerfile} puts the code of this service where ${file} cannot be placed beside it with certainty.`,
  strangePlaceNext: (file: string): string => `Add a COPY of ${file} so that it keeps its place relative to the entry file.`,
  noEntry:
    'Nothing starts a Node.js program here: there are no start scripts, Dockerfile, Procfile, compose file or PM2 file that run one, and no `main` or `bin` that listens.',
  noEntryNext: 'Add a start script such as "start": "node server.js" to package.json, then plan again.',
  done: 'Every service has its bootstrap file and the packages it needs.',
} as const;

/** What the middleware does where a library stands. */
const reads: Readonly<Partial<Record<Role, string>>> = {
  graphql: 'The middleware reads its operations and errors.',
  logger: 'The middleware sends its lines as log records with their trace ids; what is written stays as it is.',
  pool: 'What its threads and processes do is in the trace of the request that gave them the work.',
  scheduler: 'Each of its runs is a trace of its own.',
  queue: 'Its messages carry their trace from the sender to the worker; the middleware adds it where the library stores them.',
};

/** Sentences on what becomes of a library. */
export const answers = {
  instrumented: (by: string, isLogger: boolean): string =>
    isLogger
      ? `Its lines are sent as log records with the ids of their trace (${by}); what is written stays as it is.`
      : `${by} traces its calls.`,
  /** Routes are read where the framework keeps them, with all their prefixes; the code shows them one by one. */
  routes: (routes: readonly Route[]): string => {
    if (routes.length === 0) return 'Its routes are known when it runs.';
    const shown = routes.slice(0, 3).map(({ method, path }) => `${method} ${path}`);
    const more = routes.length > shown.length ? ` and ${routes.length - shown.length} more` : '';
    return `The code states ${shown.join(', ')}${more}; prefixes are added when it runs.`;
  },
  notInModules: (by: string): string => `${by} does not see that ES modules import it, so its calls get no spans.`,
  plugged: (by: string): string => `Its own ${by} is there.`,
  written: (codemod: string): string => `Its routes are named: ${codemod}.`,
  itself: 'It makes spans by itself.',
  sent: 'Each of its requests is a CLIENT span.',
  ownSockets: 'It opens its own connections, which nothing reports, so its calls get no spans.',
  below: (name: string, answer: 'traced' | 'left' | 'dark', rest: string | undefined): string =>
    [
      {
        traced: `Its calls are seen as those of ${name}.`,
        left: `It works through ${name}, which is left to you.`,
        dark: `It works through ${name}, which stays dark.`,
      }[answer],
      ...(rest === undefined ? [] : [rest]),
    ].join(' '),
  outside: (versions: string): string => `Only versions ${versions} are traced.`,
  read: (role: Role | undefined, but: string | undefined): string =>
    [reads[role ?? 'server'] ?? 'The middleware reads its routes and errors.', ...(but === undefined ? [] : [but])].join(' '),
  broadcast:
    'Its messages carry no trace: several may send, and none of them says which message is whose. Send the trace along with inject() and withCarrier().',
  processes:
    'What these processes do is in no trace of this program. To follow one, fork it, or give it the trace of inject() and run it in withCarrier().',
  emitter:
    'Listeners that a request adds here run in the trace of whoever emits. Give them bindContext(listener) to keep them in their own.',
  more: (others: number): string => (others === 0 ? '' : others === 1 ? ' There is one more place.' : ` There are ${others} more places.`),
  unused: 'No code of this service imports it.',
  dark: 'Nothing reports its calls, so they get no spans.',
  darkLogger: 'Nothing puts trace ids into its lines.',
  darkServer: 'Its routes are not read, so server spans are named by method only.',
} as const;

/** `ioredis (loaded by bullmq)` */
function nameOf({ name, through }: Dependency): string {
  return through === undefined ? name : `${name} (loaded by ${through})`;
}
