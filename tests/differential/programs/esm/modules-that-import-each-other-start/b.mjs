import { helper } from './a.mjs';

export const b = helper('b');
