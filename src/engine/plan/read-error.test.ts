import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { orNotThere } from './read-error.ts';

function fail(code: string): never {
  throw Object.assign(new Error(code), { code });
}

test('a missing file is an answer', () => {
  expect(orNotThere(() => readFileSync('/no/such/file'), 'file')).toBeUndefined();
  expect(orNotThere(() => fail('EACCES'), 'file')).toBeUndefined();
});

test.each(['EMFILE', 'ENFILE', 'ENOMEM', 'EIO'])('%s is an error, not a missing file', (code) => {
  expect(() => orNotThere(() => fail(code), 'a.js')).toThrow(`a.js (${code})`);
});
