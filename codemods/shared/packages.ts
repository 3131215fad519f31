import type { Dependency, Package, Repo, Service, Survey } from '../../src/contract/index.ts';

/** The package a service lives in. */
export function packageOf(survey: Survey, service: Service): Package | undefined {
  return survey.packages.find((each) => each.dir === service.package);
}

export function dependencyOf(pkg: Package, name: string): Dependency | undefined {
  return pkg.dependencies.find((each) => each.name === name);
}

/** True when a file of that name is there. */
export function hasFile(repo: Repo, file: string): boolean {
  const { files } = repo;
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((files[middle] ?? '') < file) low = middle + 1;
    else high = middle;
  }
  return files[low] === file;
}
