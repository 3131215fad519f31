import type { NewService } from '../../contract/index.ts';
import { plainName } from '../check-answers.ts';

/** The template of what holds several services. */
export const SEVERAL = 'several';

/** One of several services that are begun together. */
export interface Part {
  readonly service: NewService;
  /** Below the folder of all. */
  readonly folder: string;
  /** What it is called in traces, images and hosts. */
  readonly plain: string;
}

/** `express-ts` in `shop` is the service `shop-express` in `services/express`; a second one has a number. */
export function partsOf({ name, node, services = [] }: NewService): readonly Part[] {
  return services.map((template, at) => {
    const short = template.replace(/-[jt]s$/, '');
    const before = services.slice(0, at).filter((other) => other === template).length;
    const own = before === 0 ? short : `${short}-${before + 1}`;
    return {
      service: { template, name: `${name}-${own}`, node, inside: true },
      folder: `services/${own}`,
      plain: `${plainName(name)}-${own}`,
    };
  });
}
