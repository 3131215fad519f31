import { expect, it } from 'vitest';
import { endApp } from './drive.ts';

it('3,000 random programs behave the same wrapped and bound, whatever a carrier is, and 500 runs of messages arrive as they are', async () => {
  const { stdout, code } = await endApp('properties.cjs');
  expect([stdout.split('\n', 1)[0], code]).toEqual(['3500 programs, 0 differences', 0]);
});
