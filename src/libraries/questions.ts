import semver from 'semver';
import type { Dependency } from '../contract/index.ts';
import type { Instrumentation, Library, Plugin, Reading, Sending } from './library.ts';
import { rows } from './rows/index.gen.ts';

const exact: ReadonlyMap<string, Library> = new Map(rows.flatMap((row) => (row.name.endsWith('*') ? [] : [[row.name, row]])));
const prefixed = rows.filter(({ name }) => name.endsWith('*'));

/** Every library that the toolkit knows. */
export const libraries: readonly Library[] = rows;

/** What is known of an npm package. */
export function libraryOf(name: string): Library | undefined {
  return exact.get(name) ?? prefixed.find((row) => name.startsWith(row.name.slice(0, -1)));
}

/** Official instrumentations of an npm package, in the order in which they are tried. */
export function instrumentationsOf(name: string): readonly Instrumentation[] {
  return libraryOf(name)?.spans.filter((each) => each.by === 'instrumentation') ?? [];
}

/** True for a framework that takes requests over from the server it runs on. */
export function isServerFramework(name: string): boolean {
  return libraryOf(name)?.role === 'server';
}

/** True when nobody reads the routes of a library, unless something in its row serves the version in use. */
export function hasUnreadRoutes(name: string): boolean {
  return libraryOf(name)?.routes === 'unread';
}

export function isLogger(name: string): boolean {
  return libraryOf(name)?.role === 'logger';
}

/** The library's own telemetry package for the version in use: what it is called, and what a person does to register it. */
export function pluginFor({ name, range, resolved }: Dependency): Plugin | undefined {
  return libraryOf(name)?.spans.flatMap((each) => (each.by === 'plugin' && mayBe(resolved ?? range, each.versions) ? [each] : []))[0];
}

/** True when the middleware reads the routes of the version in use where the framework keeps them. */
export function isReadByMiddleware({ name, range, resolved }: Dependency, isBundled: boolean): boolean {
  const readings = libraryOf(name)?.spans.filter((each) => each.by === 'middleware') ?? [];
  return readings.some(({ versions, bundled }) => (bundled || !isBundled) && mayBe(resolved ?? range, versions));
}

/** What the middleware does where the library stands, for the version in use. */
export function readingOf({ name, range, resolved }: Dependency): Reading | undefined {
  return libraryOf(name)?.spans.flatMap((each) => (each.by === 'middleware' && mayBe(resolved ?? range, each.versions) ? [each] : []))[0];
}

/** The versions of a library whose routes the middleware reads. */
export function versionsRead(name: string): string | undefined {
  return libraryOf(name)?.spans.find((each) => each.by === 'middleware')?.versions;
}

/** Clients whose calls are HTTP requests, and how they send them. */
export function sendingLibraries(): readonly (Sending & { readonly module: string })[] {
  return rows.flatMap(({ name, role, spans }) =>
    role === 'client' ? spans.flatMap((each) => (each.by === 'transport' ? [{ module: name, ...each }] : [])) : [],
  );
}

/** Versions of a library that our own code traces: a codemod, or the middleware by what the library sends through. */
export function versionsFor(name: string): string {
  const own = libraryOf(name)?.spans.flatMap((each) => (each.by === 'codemod' || each.by === 'transport' ? (each.versions ?? []) : []))[0];
  if (own === undefined) throw new Error(`src/libraries has no row that says which versions of ${name} we trace`);
  return own;
}

/** Names that a server framework's value goes by when it is handed in from elsewhere. */
export function frameworkVariables(): readonly string[] {
  return rows.flatMap(({ variables }) => variables ?? []);
}

/** True when a version is inside, or a range may lead to a version inside. What is no range may be anything. */
export function mayBe(version: string, supports: string): boolean {
  if (semver.valid(version) !== null) return semver.satisfies(version, supports, { includePrerelease: true });
  return semver.validRange(version) === null || semver.intersects(version, supports);
}
