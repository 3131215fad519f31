import type { Entry, ModuleSystem, Package, Service, Survey } from '../../contract/index.ts';
import { extensionOf } from '../read/paths.ts';
import { ownerOf } from './services.ts';

/** The package whose folder holds a file, the deepest one. */
export function packageOf(survey: Survey, file: string): Package | undefined {
  return ownerOf(survey.packages, file);
}

/** The service whose package holds a file. */
export function serviceOf(survey: Survey, file: string): Service | undefined {
  const owner = packageOf(survey, file);
  return owner && survey.services.find((each) => each.package === owner.dir);
}

/** The entry that is this very file. */
function entryOf(survey: Survey, file: string): Entry | undefined {
  return survey.services.flatMap((each) => each.entries).find((each) => each.file === file);
}

/** Exact version by the lock file; undefined when it does not say. */
export function versionOf(pkg: Package, name: string): string | undefined {
  return pkg.dependencies.find((each) => each.name === name && each.resolved !== undefined)?.resolved;
}

/** True when the package declares a dependency in any section. */
export function dependsOn(pkg: Package, name: string): boolean {
  return pkg.dependencies.some((each) => each.name === name);
}

/** Module system of a file as Node sees it: by extension, then by the build, then by package.json. */
export function moduleSystemOf(survey: Survey, file: string): ModuleSystem {
  const entry = entryOf(survey, file);
  if (entry) return entry.runsAs;
  const extension = extensionOf(file);
  if (extension === '.mjs' || extension === '.mts') return 'esm';
  if (extension === '.cjs' || extension === '.cts') return 'commonjs';
  const owner = packageOf(survey, file);
  const isTypeScript = extension === '.ts' || extension === '.tsx';
  return (isTypeScript ? owner?.build?.emits : undefined) ?? owner?.type ?? 'commonjs';
}
