import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Launch, type Package, type Route, type Service, type Survey, TracewrightError } from '../../contract/index.ts';
import { openRepo } from '../../engine/plan/open-repo.ts';
import { quoteWord } from '../../install/quote-word.ts';
import { takeSurvey } from '../../survey/index.ts';
import { missingStarts } from '../run/missing-start.ts';
import { isWorker } from './serves.ts';
import type { RequestSetup, ServiceSetup, Setup } from './setup.ts';

/** Tools whose output must be there before the start command works; the others compile while they run. */
const compilers = ['tsc', 'swc', 'babel', 'nest', 'esbuild', 'webpack', 'rollup', 'unknown'];

/** The scripts of a package.json, empty when it has none or cannot be read. */
export function readScripts(root: string, dir: string): Readonly<Record<string, unknown>> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return {};
    const { scripts } = manifest;
    return typeof scripts === 'object' && scripts !== null ? Object.fromEntries(Object.entries(scripts)) : {};
  } catch {
    return {};
  }
}

/** How a package script is run without a banner on stdout. npm runs scripts of every manager's install, except Plug'n'Play. */
export function scriptCommand(root: string, dir: string, script: string): string {
  const plugAndPlay = ['', dir].some((folder) => existsSync(join(root, folder, '.pnp.cjs')));
  return plugAndPlay ? `yarn run ${script}` : script === 'start' ? 'npm start --silent' : `npm run --silent ${script}`;
}

/** Launches whose command is a shell line that works outside its container or process manager, best first. */
const runnable: readonly Launch['kind'][] = ['procfile', 'script', 'systemd', 'dockerfile', 'compose'];

/** Process managers that return at once and leave the program to a daemon; nothing could be stopped or waited for. */
const daemonizers: readonly (string | undefined)[] = ['pm2', 'forever'];

function canRun(launch: Launch): boolean {
  if (!runnable.includes(launch.kind) || daemonizers.includes(launch.runner)) return false;
  return launch.entry !== undefined && !/(^|\s)'?\//.test(shellLine(launch));
}

function rank({ purpose, kind }: Launch): number {
  return { production: 0, development: 10, other: 20 }[purpose] + runnable.indexOf(kind);
}

/** The command of a launch for a shell; Dockerfile and compose may write it as a JSON list of words. */
function shellLine({ command, target, flags }: Launch): string {
  // An image may put its own `node` before the words.
  const program = flags?.position === 'before' ? 'node ' : '';
  if (!command.startsWith('[')) return program + command;
  try {
    const words: unknown = JSON.parse(command);
    if (Array.isArray(words)) return program + words.map((word) => quoteWord(String(word))).join(' ');
  } catch {}
  return `node ${quoteWord(target ?? '.')}`;
}

function findCommand(root: string, service: Service): { command: string; dir: string } | undefined {
  const start = service.launches.find(({ kind, name, cwd }) => kind === 'script' && name === 'start' && cwd === service.package);
  if (typeof readScripts(root, service.package)['start'] === 'string' && !daemonizers.includes(start?.runner))
    return { command: scriptCommand(root, service.package, 'start'), dir: service.package };
  const [launch] = service.launches.filter(canRun).sort((a, b) => rank(a) - rank(b));
  const [entry] = service.entries;
  if (launch && (launch.purpose === 'production' || entry?.language !== 'javascript'))
    return { command: launch.kind === 'script' ? scriptCommand(root, launch.cwd, launch.name) : shellLine(launch), dir: launch.cwd };
  if (entry?.language !== 'javascript') return undefined;
  const file = entry.file.slice(service.package === '' ? 0 : service.package.length + 1);
  return { command: `node ${file}`, dir: service.package };
}

/** The build script of a compiled package, unless its start script builds by itself; after those of the workspace packages it needs. */
export function findBuild(root: string, dir: string, packages: readonly Package[]): string | undefined {
  const own = packages.find((candidate) => candidate.dir === dir);
  if (own === undefined) return undefined;
  const scripts = readScripts(root, dir);
  // `tsc -b` builds what it refers to by itself.
  const isWhole = /\btsc\b.*\s(-b|--build)\b/.test(String(scripts['build']));
  const before = isWhole ? [] : neededBy(own, packages, new Set([own])).filter((each) => hasBuild(root, each));
  const steps = before.map((each) => `(cd ${quoteWord(relative(dir, each.dir))} && ${scriptCommand(root, each.dir, 'build')})`);
  if (hasBuild(root, own) && typeof scripts['prestart'] !== 'string') steps.push(scriptCommand(root, dir, 'build'));
  return steps.length === 0 ? undefined : steps.join(' && ');
}

function hasBuild(root: string, { build, dir }: Package): boolean {
  return build !== undefined && compilers.includes(build.tool) && typeof readScripts(root, dir)['build'] === 'string';
}

/** Packages of the same workspace that a package needs, each after those that it needs itself. */
function neededBy({ dependencies, root }: Package, packages: readonly Package[], seen: Set<Package>): Package[] {
  const direct = packages.filter((each) => each.root === root && dependencies.some(({ name }) => name === each.name));
  return direct.flatMap((each) => {
    if (seen.has(each)) return [];
    seen.add(each);
    return [...neededBy(each, packages, seen), each];
  });
}

function deriveServices(root: string, survey: Survey): ServiceSetup[] {
  const found = survey.services.flatMap((service) => {
    const start = findCommand(root, service);
    if (!start) return [];
    const build = findBuild(root, service.package, survey.packages);
    return [{ name: service.name, ...start, ...(build === undefined ? {} : { build }), env: {} }];
  });
  const names = found.map(({ name }) => name);
  const isTwice = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
  return found.map((service) => ({
    ...service,
    name: isTwice(service.name) ? service.dir : service.name,
    // Services that call each other know each other's default ports, so only a lone one gets a port of our choice.
    choosePort: found.length === 1,
  }));
}

/** Errands, not programs: they run once, and what they do is not for a trial. */
const errand = /release|migrat|seed|deploy|build|test|lint|clean|setup/i;

/** Programs that production starts beside the one of each service, such as the workers of a Procfile; for a draft, which a person looks at. */
export function furtherPrograms(root: string, survey: Survey, known: readonly ServiceSetup[]): ServiceSetup[] {
  return survey.services.flatMap((service) => {
    const own = known.find(({ dir, name }) => name === service.name || dir === service.package);
    const first = findCommand(root, service);
    const main =
      service.launches.find((launch) => launch.kind === 'script' && launch.name === 'start' && launch.cwd === service.package) ??
      service.launches.filter(canRun).sort((a, b) => rank(a) - rank(b))[0];
    const others = service.launches.filter(
      (launch) => canRun(launch) && launch.purpose === 'production' && launch.entry !== main?.entry && !errand.test(launch.name),
    );
    const entries = [...new Set(others.map(({ entry }) => entry))];
    return entries.flatMap((entry): ServiceSetup[] => {
      const [launch] = others.filter((each) => each.entry === entry).sort((a, b) => rank(a) - rank(b));
      if (launch === undefined || first === undefined) return [];
      const command = launch.kind === 'script' ? scriptCommand(root, launch.cwd, launch.name) : shellLine(launch);
      return [{ name: `${own?.name ?? service.name}-${launch.name}`, dir: launch.cwd, command, choosePort: false, env: {} }];
    });
  });
}

function isPlain(path: string): boolean {
  return /^\/[\w./~-]*$/.test(path);
}

/** Parameterless GET paths of a service. */
function ownPaths({ name, dir }: ServiceSetup, services: readonly ServiceSetup[], routes: readonly Route[]): string[] {
  const known = routes.filter(({ method, path }) => method.toUpperCase() === 'GET' && isPlain(path));
  const own = known.filter(({ service }) => service === name || service === dir || services.length === 1);
  return [...new Set(own.map(({ path }) => path))].sort();
}

function deriveRequests(services: readonly ServiceSetup[], routes: readonly Route[]): RequestSetup[] {
  const request = (service: string, path: string): RequestSetup => ({
    service,
    method: 'GET',
    path,
    headers: {},
    expectSpans: [],
    ignore: [],
  });
  return services.flatMap((service) => {
    const own = ownPaths(service, services, routes);
    const paths = own.length > 0 ? own : ['/'];
    return paths.slice(0, 25).map((path) => request(service.name, path));
  });
}

function guessedNote(services: readonly ServiceSetup[], routes: readonly Route[]): string[] {
  const guessed = services.filter((service) => ownPaths(service, services, routes).length === 0);
  if (guessed.length === 0) return [];
  const where = guessed.length === services.length ? '' : ` of ${guessed.map(({ name }) => name).join(', ')}`;
  return [`No parameterless GET route${where} was known, so only GET / was asked; name requests in tracewright.yaml.`];
}

/** Routes that nothing asks, so that nobody takes silence for proof. */
function unaskedNote(requests: readonly RequestSetup[], routes: readonly Route[]): string[] {
  const isAsked = ({ method, path }: Route): boolean =>
    method.toUpperCase() === 'GET' && requests.some((request) => request.path === (path === '' ? '/' : path));
  const labels = [
    ...new Set(routes.filter((route) => !isAsked(route)).map(({ method, path }) => `${method.toUpperCase()} ${path}`)),
  ].sort();
  if (labels.length === 0) return [];
  const some = labels.length > 5 ? `${labels.slice(0, 5).join(', ')} and ${labels.length - 5} more` : labels.join(', ');
  const what = labels.length === 1 ? '1 route was' : `${labels.length} routes were`;
  return [`${what} not asked (${some}); name requests in tracewright.yaml.`];
}

/** What to start and ask when there is no tracewright.yaml: the surveyed services and their parameterless GET routes. */
export function deriveSetup(root: string, routes: readonly Route[], known?: Survey): Setup {
  const repo = openRepo(root);
  const survey = known ?? takeSurvey(repo);
  const services = deriveServices(root, survey);
  const missing = missingStarts(survey.problems);
  if (services.length === 0 && missing.length > 0) throw new TracewrightError('TW1010', missing.join(', '));
  if (services.length === 0) throw new TracewrightError('TW3001', 'no service with a start command was found');
  const asked = services.filter(({ dir }) => !isWorker(repo, survey, routes, dir));
  const requests = deriveRequests(asked, routes);
  return {
    origin: 'derived',
    services,
    scenarios: [{ name: 'default', ...(requests.length > 1 ? { parallel: true } : {}), requests, ignore: [] }],
    attributes: [],
    notes: [
      ...missing.map((start) => `A start command names a file that does not exist: ${start}; it was not started.`),
      ...guessedNote(asked, routes),
      ...unaskedNote(requests, routes),
    ],
  };
}

/** Gives services of tracewright.yaml that name no command the start script of their folder. */
export function completeSetup(root: string, setup: Setup, survey?: Survey): Setup {
  if (setup.services.every(({ command, build }) => command !== '' && build !== undefined)) return setup;
  const { packages } = survey ?? takeSurvey(openRepo(root));
  const services = setup.services.map((service): ServiceSetup => {
    if (service.command !== '') return withStaleBuild(root, service, packages);
    if (typeof readScripts(root, service.dir)['start'] !== 'string')
      throw new TracewrightError('TW3001', `${service.name}: ${join(service.dir, 'package.json')} has no start script`);
    const build = service.build ?? findBuild(root, service.dir, packages);
    return { ...service, command: scriptCommand(root, service.dir, 'start'), ...(build === undefined ? {} : { build }) };
  });
  return { ...setup, services };
}

/** A command of one's own that runs what a build wrote is worth what the build is: one that is older than its sources is made anew. */
function withStaleBuild(root: string, service: ServiceSetup, packages: readonly Package[]): ServiceSetup {
  const pkg = packages.find(({ dir }) => dir === service.dir);
  const output = pkg?.build?.output;
  if (service.build !== undefined || pkg === undefined || output === undefined || output === service.dir) return service;
  const folder = relative(service.dir, output);
  const words = service.command.split(/\s+/);
  const named = Object.entries(readScripts(root, service.dir)).filter(([name]) => words.includes(name));
  const run = [service.command, ...named.map(([, script]) => String(script))].join(' ');
  if (!new RegExp(`(^|[\\s/'"])${folder}/`).test(run)) return service;
  if (newest(join(root, output)) >= newest(join(root, service.dir), [join(root, output)])) return service;
  const build = findBuild(root, service.dir, packages);
  return build === undefined ? service : { ...service, build };
}

/** When the youngest file below a folder was written; 0 where there is none. */
function newest(folder: string, without: readonly string[] = []): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules' || entry.name.startsWith('.') || without.includes(path)) return latest;
    if (entry.isDirectory()) return Math.max(latest, newest(path, without));
    return entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) ? Math.max(latest, statSync(path).mtimeMs) : latest;
  }, 0);
}
