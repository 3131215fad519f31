import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { middlewareVersion } from './index.ts';

const read = (file: string): string => readFileSync(new URL(`../../middleware/${file}`, import.meta.url), 'utf8');

it('is the version that the middleware has and says of itself', () => {
  const manifest: { version: string } = JSON.parse(read('package.json'));
  expect(manifest.version).toBe(middlewareVersion);
  expect(read('src/version.ts')).toContain(`version: '${middlewareVersion}'`);
});
