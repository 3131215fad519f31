import type { Dockerfile, Launch, Package, Repo, Survey } from '../contract/index.ts';
import { inheritTelemetry } from './facts/inherited-telemetry.ts';
import { describeServices, ownerOf } from './facts/services.ts';
import { listens } from './facts/source-facts.ts';
import { findLoggers, findTelemetry } from './facts/telemetry.ts';
import { inlineDockerfiles } from './launch/compose/inline.ts';
import { composeContexts } from './launch/compose/services.ts';
import { composeMounts } from './launch/compose/volumes.ts';
import { readDockerfiles } from './launch/docker.ts';
import { entryFile } from './launch/entry-file.ts';
import { surroundingsOf } from './launch/follow.ts';
import { scriptKey } from './launch/follow-scripts.ts';
import { cdkLaunches } from './launch/functions/cdk.ts';
import { samLaunches } from './launch/functions/sam.ts';
import { serverlessLaunches } from './launch/functions/serverless.ts';
import type { FoundLaunch } from './launch/launch.ts';
import { composeLaunches } from './launch/launch-compose.ts';
import { dockerLaunches } from './launch/launch-docker.ts';
import { kubernetesLaunches, procfileLaunches, systemdLaunches } from './launch/launch-files.ts';
import { ownedScript, scriptLaunches } from './launch/launch-scripts.ts';
import { pm2Launches } from './launch/pm2.ts';
import { throughStarters } from './launch/starters.ts';
import type { Surroundings } from './launch/trail.ts';
import { fieldEvidence, type Manifest, readManifests } from './read/manifests.ts';
import { describePackages } from './read/packages.ts';
import { deepestAround, dirOf, isInside, joinPath, upwards } from './read/paths.ts';
import { type Reading, startReading } from './read/reading.ts';
import { workspaceRoots } from './read/workspaces.ts';

/**
 * Facts about a repository. Pure: it reads through `repo` and nothing else.
 *
 *   package.json, workspaces ─▶ launches (scripts, containers, process managers) ─▶ entries ─▶ services
 *   lock files, images, tsconfig ─▶ versions, builds, Node targets
 */
export function takeSurvey(repo: Repo): Survey {
  const reading = startReading(repo);
  const manifests = readManifests(reading);
  const around = surroundingsOf(reading, manifests, workspaceRoots(reading, manifests));
  const dockerfiles = withContexts(around);
  const described = describePackages(around, dockerfiles);
  const found = findLaunches(around, dockerfiles);
  const started = ownSlotsOnce(found.filter((each) => !each.isFrontEnd).flatMap((each) => throughPm2(each.launch, found)));
  const launches = throughStarters(started, around);
  reportLost(reading, found);
  const packages = described.map((each) => withBuildThatRuns(withBundle(each, found, described), launches, described));
  const foreign = found.flatMap(({ elsewhere }) => elsewhere ?? []);
  const services = describeServices(reading, packages, [...launches, ...mainLaunches(around, launches, foreign)]);
  const entries = services.flatMap((each) => each.entries.map((entry) => entry.file));
  return {
    packages,
    services,
    dockerfiles,
    mounts: composeMounts(reading, dockerfiles),
    telemetry: inheritTelemetry(reading, packages, launches, findTelemetry(reading, packages, launches, entries)),
    loggers: findLoggers(packages),
    problems: reading.problems.toSorted(
      (a, b) => compare(a.evidence.file, b.evidence.file) || a.evidence.line - b.evidence.line || compare(a.code, b.code),
    ),
  };
}

/** What bundles the functions of a package when it is deployed, if nothing else starts there. */
function withBundle(pkg: Package, found: readonly FoundLaunch[], packages: readonly Package[]): Package {
  const own = found.filter(({ launch: { entry } }) => entry !== undefined && ownerOf(packages, entry)?.dir === pkg.dir);
  const build = own.find(({ bundle }) => bundle !== undefined)?.bundle;
  return build === undefined || own.some(({ launch }) => launch.kind !== 'serverless') ? pkg : { ...pkg, build };
}

/** A bundle that no launch runs, as a browser's beside a server, says nothing about the program. */
function withBuildThatRuns(pkg: Package, launches: readonly Launch[], packages: readonly Package[]): Package {
  const { build, ...rest } = pkg;
  const own = launches.filter(({ entry }) => entry !== undefined && ownerOf(packages, entry)?.dir === pkg.dir);
  const isBundler = build !== undefined && /^(webpack|esbuild|rollup)$/.test(build.tool);
  return isBundler && own.length > 0 && own.every(runsSource) ? rest : pkg;
}

/** Node is given the file that a person edits. */
function runsSource({ entry = '', target, runner = '' }: Launch): boolean {
  return (
    target !== undefined &&
    namesFile(target.replace(/^(\.\/)+|\/+$/g, ''), entry) &&
    /\.[cm]?js$/.test(entry) &&
    /^(node|nodemon|pm2|forever)$/.test(runner)
  );
}

/** `node server` runs server.js or server/index.js. */
function namesFile(path: string, file: string): boolean {
  return path === file || (file.startsWith(path) && /^(\/index)?\.[cm]?js$/.test(file.slice(path.length)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compose says the build context; otherwise it is the folder in which the COPY sources exist. */
function withContexts(around: Surroundings): Dockerfile[] {
  const stated = composeContexts(around.reading);
  const files = readDockerfiles(around.reading);
  const placed = files.map((each) => ({ ...each, context: stated.get(each.file) ?? guessContext(each, around.reading) }));
  return [...placed, ...inlineDockerfiles(around.reading)];
}

function guessContext(dockerfile: Omit<Dockerfile, 'context'>, { has, hasDir }: Reading): string {
  const sources = dockerfile.stages
    .flatMap((stage) => stage.instructions)
    .filter((each) => each.keyword === 'COPY' && !each.flags?.some((flag) => flag.startsWith('--from')))
    .flatMap((each) => each.arguments.slice(0, -1))
    .filter((source) => !/[*?$]|^\.?\/?$/.test(source));
  const dirs = upwards(dirOf(dockerfile.file));
  const score = (dir: string): number => sources.filter((source) => has(joinPath(dir, source)) || hasDir(joinPath(dir, source))).length;
  const best = Math.max(0, ...dirs.map(score));
  // `COPY . .` names nothing: what is copied is a package, mostly the one around a folder of Dockerfiles.
  const packaged = best === 0 ? dirs.find((dir) => has(joinPath(dir, 'package.json'))) : undefined;
  return packaged ?? dirs.find((dir) => score(dir) === best) ?? dirOf(dockerfile.file);
}

function findLaunches(around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  const scripts = around.manifests.flatMap((each) => scriptLaunches(each, around));
  const others = [
    ...dockerfiles.flatMap((each) => dockerLaunches(each, around)),
    ...composeLaunches(around, dockerfiles),
    ...procfileLaunches(around),
    ...pm2Launches(around),
    ...kubernetesLaunches(around, dockerfiles),
    ...systemdLaunches(around),
    ...serverlessLaunches(around),
    ...samLaunches(around),
    ...cdkLaunches(around),
  ];
  const listed = new Set(scripts.map(({ launch }) => scriptKey(dirOf(launch.evidence.file), launch.name)));
  const missing = [...new Set([...scripts, ...others].flatMap((each) => each.owner ?? []))].filter((owner) => !listed.has(owner));
  return [...scripts, ...missing.flatMap((owner) => ownedScript(owner, around).filter((each) => each.owner === undefined)), ...others];
}

/** A launch of a PM2 configuration runs every app in it. */
function throughPm2(launch: Launch, found: readonly FoundLaunch[]): Launch[] {
  const config = launch.chain.at(-1);
  if (launch.runner !== 'pm2' || launch.entry !== undefined) return [launch];
  const named = found.filter((each) => each.launch.kind === 'pm2' && each.launch.evidence.file.split('/').at(-1) === config);
  const folder = (each: FoundLaunch): string => dirOf(each.launch.evidence.file);
  // Services side by side each have one of that name: the one where the command runs, else those around it or below it.
  const near = [
    named.filter((each) => folder(each) === launch.cwd),
    named.filter((each) => isInside(launch.cwd, folder(each)) || isInside(folder(each), launch.cwd)),
  ].find((each) => each.length > 0);
  const apps = near ?? named;
  const entries = [...new Set(apps.flatMap((each) => each.launch.entry ?? []))];
  return entries.length === 0 ? [launch] : entries.map((entry) => ({ ...launch, entry }));
}

/** Two launches through one shell script or nodemon.json share the place of the flags; the first one keeps it. */
function ownSlotsOnce(launches: readonly Launch[]): Launch[] {
  const taken = new Set<string>();
  return launches.map(({ flags, ...launch }) => {
    const key = `${flags?.file}:${flags?.offset}`;
    if (!flags || taken.has(key)) return launch;
    taken.add(key);
    return { ...launch, flags };
  });
}

/** A chain that does not reach a file is a problem once, where it is written. */
function reportLost(reading: Reading, found: readonly FoundLaunch[]): void {
  for (const { launch, lost, isFrontEnd, owner } of found) {
    if (owner !== undefined) continue;
    if (lost) reading.report(lost.code, `${launch.name}: ${lost.detail}`, launch.evidence);
    else if (isFrontEnd && launch.kind === 'script' && launch.name === 'start') reading.report('TW1011', launch.command, launch.evidence);
  }
}

/** Packages that nothing starts: their `main`, or a lone server file, when it listens. */
function mainLaunches(around: Surroundings, launches: readonly Launch[], foreign: readonly string[]): Launch[] {
  const files = [...launches.map(({ entry }) => entry), ...foreign];
  const started = new Set(files.map((file) => (file === undefined ? undefined : deepestAround(around.manifests, file))));
  const libraries = usedInside(around.manifests);
  const isStarted = (manifest: Manifest): boolean => started.has(manifest) || libraries.has(manifest.name ?? '');
  return around.manifests.flatMap((manifest) => (isStarted(manifest) ? [] : (mainLaunch(around, manifest) ?? [])));
}

/** Packages that others of the repository load: what listens in them is started there. */
function usedInside(manifests: readonly Manifest[]): ReadonlySet<string> {
  const used = manifests.flatMap(({ dependencies }) => dependencies.filter(({ section }) => section === 'dependencies'));
  return new Set(used.map(({ name }) => name));
}

function mainLaunch({ reading, manifests }: Surroundings, manifest: Manifest): Launch | undefined {
  const main = entryFile(reading, manifests, manifest.dir);
  const names = ['server', 'app', 'index', 'main', 'src/server', 'src/app', 'src/index', 'src/main', 'bin/www'];
  const files = names.flatMap((name) =>
    name === 'bin/www' ? [name] : ['.js', '.ts', '.mjs', '.cjs'].map((extension) => name + extension),
  );
  const present = files.map((file) => joinPath(manifest.dir, file)).filter((file) => reading.has(file));
  const entry = [...(main === undefined ? [] : [main]), ...present].find(
    (file) => deepestAround(manifests, file) === manifest && /\.[cm]?[jt]s$|bin\/www$/.test(file) && opensServer(reading, file),
  );
  if (entry === undefined) return undefined;
  const field = entry === main && manifest.json.text.includes('"main"') ? fieldEvidence(manifest, 'main') : { file: entry, line: 1 };
  return { kind: 'main', name: 'main', command: 'node .', cwd: manifest.dir, entry, chain: ['main'], purpose: 'other', evidence: field };
}

function opensServer(reading: Reading, file: string): boolean {
  return listens(reading, file);
}
