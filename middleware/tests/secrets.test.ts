import { expect, it } from 'vitest';
import { endApp } from './drive.ts';
import { lookAlikes, plants } from './secrets.ts';

it(`${plants.length} planted secrets: none leaves the process`, async () => {
  const sent = await endApp('secrets.cjs', { PLANTS: JSON.stringify(plants.map(({ plant }) => plant)) });
  expect(sent.code, sent.stderr).toBe(0);
  const all = JSON.stringify([sent.spans, sent.logs]);
  expect(all).toContain('REDACTED');
  expect(plants.length).toBeGreaterThanOrEqual(200);
  expect(plants.filter(({ secret }) => all.includes(secret)).map(({ plant }) => plant)).toEqual([]);
});

it('what only looks like a secret is sent as it is, but for what is listed', async () => {
  const sent = await endApp('secrets.cjs', { PLANTS: JSON.stringify(lookAlikes.map(({ plant }) => plant)) });
  expect(sent.code, sent.stderr).toBe(0);
  const all = JSON.stringify([sent.spans, sent.logs]);
  expect(lookAlikes.length).toBeGreaterThanOrEqual(200);
  // A session's id is who somebody is for as long as it lives, whatever the convention for browsers says.
  expect(lookAlikes.filter(({ secret }) => !all.includes(secret)).map(({ what }) => what)).toEqual(['attribute session.id']);
});
