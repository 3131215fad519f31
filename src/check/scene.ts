import type { Package, Receipt, Survey } from '../contract/index.ts';
import type { Tree } from '../engine/index.ts';

/** What every question of the check may look at. */
export interface Scene {
  readonly root: string;
  readonly tree: Tree;
  readonly survey: Survey;
  readonly receipt: Receipt | undefined;
  /** Files and folders of `check.allow` in tracewright.yaml. */
  readonly allowed: readonly string[];
}

const middleware = '@tracewright/middleware';

/** Packages that tracing was added to. */
export function tracedPackages({ survey }: Scene): readonly Package[] {
  return survey.packages.filter((pkg) => pkg.dependencies.some(({ name }) => name === middleware));
}

/** Whether a person has said that a file may differ from what codemods write. */
export function isAllowed({ allowed }: Scene, file: string): boolean {
  return covers(allowed, file);
}

/** Whether a list of files and folders holds a file. */
export function covers(list: readonly string[], file: string): boolean {
  return list.some((each) => file === each || file.startsWith(each.endsWith('/') ? each : `${each}/`));
}

/** Packages whose versions have to fit together. */
export function isTracing(name: string): boolean {
  return name.startsWith('@opentelemetry/') || name.startsWith('@tracewright/') || name === 'import-in-the-middle';
}
