import { describe, expect, it } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { checkMigrated } from './check-migrated.ts';

const server = { 'server.js': "require('http').createServer().listen(3000)" };

function codeOf(files: Readonly<Record<string, string>>): unknown {
  try {
    checkMigrated(makeRepo({ ...server, ...files }, 'none'));
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return undefined;
}

describe('checkMigrated', () => {
  it('refuses a program that nothing traces', () => {
    expect(codeOf({})).toBe('TW2100');
  });

  it('refuses a broken package.json, also after a migration', () => {
    expect(codeOf({ 'package.json': '{ "name": "p",' })).toBe('TW1003');
    expect(codeOf({ 'package.json': '{ "name": "p",', '.tracewright/receipt.json': '{}' })).toBe('TW1003');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a receipt', { '.tracewright/receipt.json': '{}' }],
    ['a setup of its own', { 'tracewright.yaml': 'version: 1\n' }],
    [
      'OpenTelemetry of another kind',
      {
        'package.json': JSON.stringify({
          name: 'p',
          scripts: { start: 'node server.js' },
          dependencies: { '@opentelemetry/sdk-node': '0.200.0' },
        }),
        'server.js':
          "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK({}).start();\nrequire('http').createServer().listen(3000);\n",
      },
    ],
  ])('accepts %s', (_name, files) => {
    expect(codeOf(files)).toBeUndefined();
  });
});
