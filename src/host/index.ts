export { isAlive, isGone, type Owner, ownerOf } from './owner.ts';
export { withoutRoot } from './without-root.ts';
