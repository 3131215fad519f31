import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it.each([
  ['comand', 'command'],
  ['Enviroment', 'environment'],
  ['requets', 'requests'],
  ['colour', undefined],
  ['id', undefined],
])('%s was probably meant as %s', (word, meant) => {
  expect(nearest(word, ['command', 'environment', 'requests', 'on'])).toBe(meant);
});
