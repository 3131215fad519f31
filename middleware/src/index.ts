export type { TraceContext } from './carrier';
export { bindContext, extract, inject, withCarrier } from './carrier';
export { traced } from './traced';
