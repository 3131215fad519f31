import type { Dependency, Package, Service, Survey } from '../../src/contract/index.ts';

/** The package a service lives in. */
export function packageOf(survey: Survey, service: Service): Package | undefined {
  return survey.packages.find((each) => each.dir === service.package);
}

export function dependencyOf(pkg: Package, name: string): Dependency | undefined {
  return pkg.dependencies.find((each) => each.name === name);
}
