import { describe, expect, it } from 'vitest';
import type { NodeTarget } from '../contract/index.ts';
import { cohortFor } from './cohort-for.ts';

function target(range: string, minimum = range): NodeTarget {
  return { minimum, range, evidence: { file: 'Dockerfile', line: 1 }, conflicts: [] };
}

function chosen(range: string): string {
  const choice = cohortFor(target(range));
  return choice.status === 'fits' ? choice.cohort.id : choice.status;
}

describe('cohortFor', () => {
  it.each([
    ['14', 'sdk-1'],
    ['14.17.0', 'sdk-1'],
    ['>=14', 'sdk-1'],
    ['16.20.2', 'sdk-1'],
    ['=v16.20.2', 'sdk-1'],
    ['14.x', 'sdk-1'],
    ['18.18.2', 'sdk-1'],
    ['18.0.0', 'sdk-1'],
    ['18.12', 'sdk-1'],
    ['>=18.12.1', 'sdk-1'],
    ['20.3.0', 'sdk-1'],
    ['19', 'sdk-1'],
    ['18', 'sdk-2'],
    ['^18', 'sdk-2'],
    ['>=18.0.0', 'sdk-2'],
    ['18.19.0', 'sdk-2'],
    ['20', 'sdk-2'],
    ['20.x || 22.x', 'sdk-2'],
    ['>=20.6', 'sdk-2'],
    ['21', 'sdk-2'],
    ['22.14.0', 'sdk-2'],
    ['22.11', 'sdk-2'],
    ['22', 'sdk-3'],
    ['>=22', 'sdk-3'],
    ['>=22.15', 'sdk-3'],
    ['22.15.0', 'sdk-3'],
    ['23', 'sdk-3'],
    ['24.21.0', 'sdk-3'],
    ['>=26', 'sdk-3'],
  ])('puts %s into %s', (range, expected) => {
    expect(chosen(range)).toBe(expected);
  });

  it.each(['4', '10.11.0', '12', '12.22.12', '^8 || ^10', '>=8 <14', '13.14.0'])('refuses %s', (range) => {
    const choice = cohortFor(target(range));
    expect(choice).toMatchObject({ status: 'unsupported', next: expect.stringContaining('Node.js 14') });
    expect(choice.why).toContain(range);
  });

  it.each(['>=8', '>=0.10', '12 || 14 || 16', '>=10.0.0 <20'])('assumes at least 14 for %s and says so', (range) => {
    const choice = cohortFor(target(range));
    expect(choice).toMatchObject({ status: 'fits', cohort: { id: 'sdk-1' } });
    expect(choice.why).toContain('need at least 14');
  });

  it.each([undefined, target('*'), target('lts/*', 'lts/*')])('chooses the middle line when nothing is stated', (unknown) => {
    const choice = cohortFor(unknown);
    expect(choice).toMatchObject({ status: 'fits', cohort: { id: 'sdk-2' } });
    expect(choice.why).toContain('18.19');
  });

  it('falls back on the minimum when the range is not semver', () => {
    expect(cohortFor(target('lts/iron', '20'))).toMatchObject({ status: 'fits', cohort: { id: 'sdk-2' } });
  });

  it('says when a major stands for its latest version', () => {
    expect(cohortFor(target('18')).why).toBe('Chosen for the latest Node.js 18 (18 in Dockerfile).');
    expect(cohortFor(target('18.20.1')).why).toBe('Chosen for Node.js 18.20.1 (18.20.1 in Dockerfile).');
  });
});
