import { b } from './b.mjs';

export function helper(x) {
  return x;
}

export const all = [b];
