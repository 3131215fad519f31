import semver from 'semver';
import { cohortFor } from '../../src/cohort/index.ts';
import type { Package, Repo, Survey } from '../../src/contract/index.ts';
import { versionBelow } from '../../src/survey/index.ts';
import { enclosingPackages } from '../service/index.ts';

/** A router that tells its routes to whoever asks, and the lock file that proves it. */
export interface OwnNames {
  readonly router: string;
  readonly lockfile: string;
}

const router = '>=2.3.0 <3';
/** Node.js has the kind of channel that the router uses. */
const firstNode = '18.19.0';

/** Whether apps in this file need no call: the lock file of their service has a router with a channel of its own, and its Node.js has channels. */
export function namesItself(repo: Repo, survey: Survey, file: string): OwnNames | undefined {
  const pkg = enclosingPackages(survey, file).find(({ dependencies }) => dependencies.some(({ name }) => name === 'express'));
  // Which of two versions a file uses only its imports say; a call is right for both.
  if (pkg?.dependencies.some(({ name, as }) => name === 'express' && as !== undefined)) return undefined;
  const version = pkg && routerOf(repo, pkg);
  const lockfile = pkg?.lockfiles[0];
  if (pkg === undefined || version === undefined || lockfile === undefined) return undefined;
  const choice = cohortFor(pkg.node);
  const oldest = choice.status === 'fits' ? semver.minVersion(choice.cohort.nodes) : null;
  return semver.satisfies(version, router) && oldest !== null && semver.gte(oldest, firstNode) ? { router: version, lockfile } : undefined;
}

const routers = new WeakMap<Repo, Map<Package, string | undefined>>();

function routerOf(repo: Repo, pkg: Package): string | undefined {
  const known = routers.get(repo) ?? new Map<Package, string | undefined>();
  routers.set(repo, known);
  if (!known.has(pkg)) known.set(pkg, versionBelow(repo, pkg, 'express', 'router'));
  return known.get(pkg);
}
