import type { Package, Repo, Survey } from '../../src/contract/index.ts';
import { scenariosOf } from '../../src/survey/index.ts';
import { isWithin, joinPath } from '../kit/index.ts';
import { packageOf, type TracedService, tracedServices } from '../service/index.ts';

/** A folder whose bytes are in order before its dependencies are installed. */
export interface InstallFolder {
  readonly folder: string;
  readonly command: string;
}

/** One folder that was migrated as a whole: `check` and `verify` run once for it. */
export interface Gate {
  readonly folder: string;
  /** `''` when it is the only one, else what tells its files and jobs from those of the others. */
  readonly suffix: string;
  readonly installs: readonly InstallFolder[];
  /** False until every scenario has a golden trace: `verify --frozen` would refuse. */
  readonly isRecorded: boolean;
  /** Major version of Node.js for a job of its own. */
  readonly node: string;
}

/** The folders that CI must watch: those with a receipt of their own, and the root when anything is left. */
export function gatesOf(repo: Repo, survey: Survey): readonly Gate[] {
  const traced = tracedServices(survey, repo).filter(({ bootstraps }) => bootstraps.some(({ exists }) => exists));
  const own = [...new Set(traced.map(({ service }) => service.package))].filter((dir) => dir !== '' && hasReceipt(repo, dir)).sort();
  const left = traced.filter(({ service }) => !own.some((dir) => isWithin(service.package, dir)));
  const folders = left.length > 0 ? ['', ...own] : own;
  return folders.map((folder) => {
    const services = folder === '' ? left : traced.filter(({ service }) => isWithin(service.package, folder));
    return gateOf(folder, folders.length > 1 ? folder : '', services, repo, survey);
  });
}

function hasReceipt(repo: Repo, folder: string): boolean {
  return repo.read(joinPath(folder, '.tracewright/receipt.json')) !== undefined;
}

function gateOf(folder: string, suffix: string, services: readonly TracedService[], repo: Repo, survey: Survey): Gate {
  const packages = services.flatMap(({ service }) => packageOf(survey, service) ?? []);
  const roots = [...new Set(packages.map(({ root }) => root))].sort();
  const scenarios = scenariosOf(repo, folder);
  return {
    folder,
    suffix: suffix === '' ? '' : `-${suffix.replace(/[^\w]+/g, '-')}`,
    installs: roots.map((root) => ({ folder: root, command: installCommand(root, packages, repo) })),
    isRecorded: scenarios.length > 0 && scenarios.every(({ isRecorded }) => isRecorded),
    node: nodeFor(packages),
  };
}

function installCommand(root: string, packages: readonly Package[], repo: Repo): string {
  const manager = packages.find((pkg) => pkg.root === root)?.packageManager ?? 'npm';
  const isLocked = (...names: readonly string[]): boolean => names.some((name) => repo.files.includes(joinPath(root, name)));
  if (manager === 'pnpm') return isLocked('pnpm-lock.yaml') ? 'pnpm install --frozen-lockfile' : 'pnpm install';
  if (manager === 'yarn-berry') return isLocked('yarn.lock') ? 'yarn install --immutable' : 'yarn install';
  if (manager === 'yarn') return isLocked('yarn.lock') ? 'yarn install --frozen-lockfile' : 'yarn install';
  return isLocked('package-lock.json', 'npm-shrinkwrap.json') ? 'npm ci' : 'npm install';
}

/** The services' own line when the tool runs on it, else the oldest one it runs on for long. */
function nodeFor(packages: readonly Package[]): string {
  const majors = packages.flatMap(({ node }) => (node === undefined ? [] : [Number(node.minimum.split('.')[0])]));
  const wanted = Math.max(0, ...majors);
  return String(wanted > 22 ? wanted + (wanted % 2) : 22);
}
