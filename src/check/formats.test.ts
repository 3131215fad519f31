import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type CheckReport, renderCheckReport, toJunit, toSarif } from './index.ts';

const report: CheckReport = {
  status: 'faults',
  codemods: ['otel-load'],
  findings: [
    { code: 'TW2103', level: 'error', file: 'bin/my file.js', line: 3, why: 'A < B & "C"\u0001', next: 'Do it.' },
    { code: 'TW2106', level: 'warning', file: 'Dockerfile', line: 1, why: 'Changed.', next: 'Look.' },
  ],
};

/** The parts of the published schema of SARIF 2.1.0 that this output uses, with the same required keys. */
const location = {
  type: 'object',
  required: ['physicalLocation'],
  properties: {
    physicalLocation: {
      type: 'object',
      additionalProperties: false,
      required: ['artifactLocation'],
      properties: {
        artifactLocation: {
          type: 'object',
          properties: { uri: { type: 'string', pattern: '^[^ \\\\]+$' }, uriBaseId: { type: 'string' } },
        },
        region: { type: 'object', properties: { startLine: { type: 'integer', minimum: 1 } } },
      },
    },
  },
};
const message = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };
const result = {
  type: 'object',
  additionalProperties: false,
  required: ['message'],
  properties: {
    ruleId: { type: 'string' },
    ruleIndex: { type: 'integer', minimum: -1 },
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message,
    locations: { type: 'array', items: location },
  },
};
const rule = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, shortDescription: message, help: message } };
const sarif = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'runs'],
  properties: {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['tool'],
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: { type: 'object', required: ['name'], properties: { rules: { type: 'array', uniqueItems: true, items: rule } } },
            },
          },
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: { type: 'array', items: result },
        },
      },
    },
  },
};

describe('toSarif', () => {
  it('keeps to SARIF 2.1.0, and points at its rules', () => {
    const log = JSON.parse(toSarif(report, '1.2.3'));
    const validate = new Ajv().compile(sarif);
    expect([validate(log), validate.errors]).toEqual([true, null]);
    const [run] = log.runs;
    expect(
      run.results.map(({ ruleId, ruleIndex }: { ruleId: string; ruleIndex: number }) => [ruleId, run.tool.driver.rules[ruleIndex].id]),
    ).toEqual([
      ['TW2103', 'TW2103'],
      ['TW2106', 'TW2106'],
    ]);
    expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('bin/my%20file.js');
  });
});

describe('toJunit', () => {
  it('has a case per question, and escapes what XML cannot hold', () => {
    const text = toJunit(report);
    expect(text).toContain('<testsuite name="tracewright check" tests="8" failures="1" errors="0" skipped="0">');
    expect(text).toContain('bin/my file.js:3 TW2103 A &lt; B &amp; &quot;C&quot;\uFFFD Do it.</failure>');
    expect(text).toContain('<system-out>Dockerfile:1 TW2106 Changed. Look.</system-out>');
    expect(openTags(text)).toEqual([]);
  });

  it('says "not migrated" in one failing case', () => {
    const finding = { code: 'TW2100', level: 'error', file: 'package.json', line: 1, why: 'No.', next: 'Plan.' } as const;
    const text = toJunit({ status: 'not-migrated', codemods: [], findings: [finding] });
    expect(text).toContain('tests="1" failures="1"');
    expect(openTags(text)).toEqual([]);
  });
});

it('tells a person what holds and what does not', () => {
  const text = renderCheckReport(report, false);
  expect(text).toContain('✓ one copy of @opentelemetry/api');
  expect(text).toContain('✗ bin/my file.js:3  Tracing is not loaded first  TW2103');
  expect(text).toContain('1 fault\n');
});

/** Tags that are open at the end, or that close what is not open. */
function openTags(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of xml
    .replace(/^<\?.*?\?>/, '')
    .matchAll(/<(\/?)(\w+)((?:\s+\w+="[^"<&]*(?:&\w+;[^"<&]*)*")*\s*\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return [`</${name}>`];
    } else if (!rest.endsWith('/')) open.push(name);
  }
  return open;
}
