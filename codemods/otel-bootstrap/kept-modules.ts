import type { Survey, Task } from '../../src/contract/index.ts';
import { baseOf, isWithin } from '../kit/index.ts';
import type { TracedService } from '../service/index.ts';
import { reasons } from './reasons.ts';

/** Docker gives a volume over node_modules what the image held when the volume was made, and never again: new packages stay away. */
export function keptModules({ pkg, bootstraps }: TracedService, survey: Survey): readonly Task[] {
  if (bootstraps.every(({ exists }) => exists)) return [];
  return survey.mounts
    .filter(({ source, target }) => source === undefined && baseOf(target) === 'node_modules')
    .filter(({ dockerfile }) => survey.dockerfiles.some(({ file, context }) => file === dockerfile && isWithin(pkg.dir, context)))
    .map(({ name, evidence, service }) => ({
      ...evidence,
      why: reasons.keptModules(service),
      next: reasons.keptModulesNext(service, name),
    }));
}
