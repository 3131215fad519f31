import { readFileSync } from 'node:fs';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import type { CohortId, Dependency } from '../contract/index.ts';
import { type Cohort, cohorts } from './cohorts.ts';
import { coverageOf } from './coverage.ts';

function dependency(name: string, range: string, resolved?: string): Dependency {
  const declared = { name, section: 'dependencies' as const, range, evidence: { file: 'package.json', line: 1 } };
  return resolved === undefined ? declared : { ...declared, resolved };
}

function cohort(id: CohortId): Cohort {
  const found = cohorts.find((row) => row.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

function names(id: CohortId, ...dependencies: Dependency[]): readonly string[] {
  return coverageOf(cohort(id), dependencies).covered.map((covered) => `${covered.name}@${covered.version}`);
}

describe('coverageOf', () => {
  it('finds the instrumentations of the libraries in use, by name and version', () => {
    expect(names('sdk-2', dependency('pg', '^8.11.0'), dependency('express', '^4.0.0'), dependency('ioredis', '5'))).toEqual([
      '@opentelemetry/instrumentation-ioredis@0.71.0',
      '@opentelemetry/instrumentation-pg@0.76.0',
    ]);
  });

  it('prefers the locked version to the declared range', () => {
    expect(names('sdk-2', dependency('pg', '>=7', '8.11.3'))).toHaveLength(1);
    expect(coverageOf(cohort('sdk-2'), [dependency('pg', '>=7', '7.18.2')]).gaps).toMatchObject([{ supports: '>=8.0.3 <9' }]);
  });

  it('expects the newest version of a range that no lock file resolves', () => {
    expect(names('sdk-2', dependency('mongodb', '^3.0.0'))).toHaveLength(1);
    expect(names('sdk-2', dependency('mongodb', '^2.2.0'))).toEqual([]);
  });

  it('reports a library outside the range instead of adding a useless instrumentation', () => {
    const coverage = coverageOf(cohort('sdk-3'), [dependency('oracledb', '^4.2.0', '4.2.0')]);
    expect(coverage.covered).toEqual([]);
    expect(coverage.gaps).toMatchObject([{ dependency: { name: 'oracledb' }, supports: '>=6.7 <8' }]);
  });

  it('chooses between two packages for one library', () => {
    expect(names('sdk-1', dependency('redis', '^3.1.0'))).toEqual(['@opentelemetry/instrumentation-redis@0.46.1']);
    expect(names('sdk-1', dependency('redis', '^4.6.0'))).toEqual(['@opentelemetry/instrumentation-redis-4@0.46.1']);
    expect(coverageOf(cohort('sdk-1'), [dependency('redis', '^5.0.0')]).gaps[0]?.supports).toBe('>=2.6.0 <4 || >=4.0.0 <5');
  });

  it('counts many packages of one family once', () => {
    expect(names('sdk-2', dependency('@aws-sdk/client-s3', '^3.600.0'), dependency('@aws-sdk/client-sqs', '^3.600.0'))).toHaveLength(1);
  });

  it('takes an unknown version as supported and leaves development dependencies alone', () => {
    expect(names('sdk-2', dependency('pg', 'github:brianc/node-postgres'))).toHaveLength(1);
    expect(names('sdk-2', { ...dependency('pg', '8'), section: 'devDependencies' })).toEqual([]);
  });

  it('adds what an instrumentation needs beside it', () => {
    expect(coverageOf(cohort('sdk-2'), [dependency('winston', '^3.8.0')]).covered[0]?.needs).toEqual({
      '@opentelemetry/winston-transport': '0.33.0',
    });
    expect(coverageOf(cohort('sdk-3'), [dependency('winston', '^3.8.0')]).covered[0]?.needs).toEqual({});
  });
});

describe('the table', () => {
  it('states exact versions only', () => {
    for (const row of cohorts) {
      for (const [name, version] of Object.entries(row.core)) expect(semver.valid(version), name).toBe(version);
    }
  });

  it('names the same core packages as the middleware', () => {
    const published: unknown = JSON.parse(readFileSync(new URL('../../middleware/cohorts.json', import.meta.url), 'utf8'));
    expect(Object.fromEntries(cohorts.map((row) => [row.id, row.core]))).toEqual(published);
  });
});
