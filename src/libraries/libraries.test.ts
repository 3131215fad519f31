import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { everyInstrumentation, libraries, libraryOf, pluginFor, versionsFor } from './index.ts';

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
    ['fastify', '^4.0.0', undefined, '@fastify/otel'],
    ['fastify', '^3.0.0', undefined, undefined],
    ['fastify', '3', undefined, undefined],
    ['fastify', '>=3', '3.29.5', undefined],
    ['@nestjs/platform-fastify', '^10.0.0', undefined, '@fastify/otel'],
    ['@nestjs/platform-fastify', '^8.0.0', undefined, undefined],
    ['koa', '^3.0.0', undefined, undefined],
  ])('know the plug-in for %s %s (%s)', (name, range, resolved, plugin) => {
    const dependency = { name, section: 'dependencies' as const, range, evidence, ...(resolved && { resolved }) };
    expect(pluginFor(dependency)?.name).toBe(plugin);
  });

  it('do not answer for a library that our own code does not trace', () => {
    expect(versionsFor('express')).toBe('>=4 <6');
    expect(() => versionsFor('koa')).toThrow('no row');
  });
});
