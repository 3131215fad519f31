export { isAlive, isGone, type Owner, ownerOf } from './owner.ts';
