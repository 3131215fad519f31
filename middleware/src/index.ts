// Star exports, because `export type` needs a newer TypeScript in the user's repository.
export * from './carrier';
export * from './traced';
