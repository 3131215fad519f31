import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { everyInstrumentation, isReadByMiddleware, libraries, libraryOf, versionsFor } from './index.ts';

const evidence = { file: 'package.json', line: 1 };

describe('the rows', () => {
  it('name each library once', () => {
    const names = libraries.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('state exact versions and valid ranges only', () => {
    expect(everyInstrumentation().length).toBeGreaterThan(25);
    for (const { name, cohorts } of everyInstrumentation()) {
      for (const [version, supports] of Object.values(cohorts)) {
        expect(semver.valid(version), name).toBe(version);
        expect(semver.validRange(supports), name).not.toBeNull();
      }
    }
    for (const { name, spans } of libraries) {
      for (const each of spans)
        if ('versions' in each && each.versions !== undefined) expect(semver.validRange(each.versions), name).not.toBeNull();
    }
  });
});

describe('questions', () => {
  it('find a row by name and by prefix', () => {
    expect(libraryOf('pg')?.role).toBe('database');
    expect(libraryOf('@aws-sdk/client-s3')?.role).toBe('cloud');
    expect(libraryOf('@aws-sdk')).toBeUndefined();
  });

  it.each([
    ['fastify', '^4.0.0', undefined, true, true],
    ['fastify', '^2.0.0', undefined, false, false],
    ['fastify', '>=3', '3.15.1', false, false],
    ['@nestjs/platform-fastify', '^10.0.0', undefined, true, true],
    ['koa', '^3.0.0', undefined, true, false],
    ['polka', '1.0.0-next.28', undefined, false, false],
    ['micro', '^10.0.0', undefined, false, false],
  ])('know whether routes of %s %s (%s) are read where it stands', (name, range, resolved, read, readInBundle) => {
    const dependency = { name, section: 'dependencies' as const, range, evidence, ...(resolved && { resolved }) };
    expect([isReadByMiddleware(dependency, false), isReadByMiddleware(dependency, true)]).toEqual([read, readInBundle]);
  });

  it('do not answer for a library that our own code does not trace', () => {
    expect(versionsFor('express')).toBe('>=4 <6');
    expect(() => versionsFor('koa')).toThrow('no row');
  });
});
