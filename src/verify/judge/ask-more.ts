import type { Setup } from '../setup/setup.ts';

/** What to do where a run asked too little: nobody need write the file from nothing. */
export function askMore(origin: Setup['origin']): string {
  return origin === 'derived'
    ? 'Write a first scenario with `tracewright verify --draft > tracewright.yaml`, look at its values, then verify again.'
    : 'Name a request that the program answers in tracewright.yaml; `tracewright verify --draft` prints one for each route that the code has.';
}
