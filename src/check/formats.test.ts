import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { type CheckReport, renderCheckReport, toJunit, toSarif } from './index.ts';

const report: CheckReport = {
  status: 'faults',
  codemods: ['otel-load'],
  findings: [
    { code: 'TW2103', level: 'error', file: 'bin/my file.js', line: 3, why: 'A < B & "C"\u0001', next: 'Do it.' },
    { code: 'TW2106', level: 'warning', file: 'Dockerfile', line: 1, why: 'Changed.', next: 'Look.' },
  ],
  unasked: ['the lock file holds what package.json says'],
};

const schemaOf = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

const read = (file: string): string | undefined => (file === 'bin/my file.js' ? '#!/usr/bin/env node\n\nrun();\n' : undefined);

/** Every value GitHub's code scanning calls required, none of them empty. */
const required: readonly (readonly [string, (result: Result, rule: Rule) => unknown])[] = [
  ['rule id', (_, { id }) => id],
  ['shortDescription', (_, { shortDescription }) => shortDescription?.text],
  ['fullDescription', (_, { fullDescription }) => fullDescription?.text],
  ['help', (_, { help }) => help?.text],
  ['message', ({ message }) => message?.text],
  ['uri', ({ locations: [at] = [] }) => at?.physicalLocation?.artifactLocation?.uri],
  ...(['startLine', 'startColumn', 'endLine', 'endColumn'] as const).map(
    (key) => [key, ({ locations: [at] = [] }: Result): unknown => at?.physicalLocation?.region?.[key]] as const,
  ),
  ['primaryLocationLineHash', ({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash],
];

interface Text {
  readonly text?: string;
}

interface Rule {
  readonly id?: string;
  readonly shortDescription?: Text;
  readonly fullDescription?: Text;
  readonly help?: Text;
}

interface Result {
  readonly ruleId?: string;
  readonly ruleIndex?: number;
  readonly message?: Text;
  readonly locations?: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation?: { readonly uri?: string };
      readonly region?: Readonly<Partial<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>>;
    };
  }[];
  readonly partialFingerprints?: { readonly primaryLocationLineHash?: string };
}

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly results: readonly Result[];
  }[];
}

function sarifOf(given: CheckReport): { readonly log: SarifLog; readonly rules: readonly Rule[]; readonly results: readonly Result[] } {
  const log: SarifLog = JSON.parse(toSarif(given, '1.2.3', read));
  return { log, rules: log.runs[0]?.tool.driver.rules ?? [], results: log.runs[0]?.results ?? [] };
}

describe('toSarif', () => {
  it('keeps to the schema of SARIF 2.1.0, with and without findings', () => {
    // The schema's formats (uri, date-time) are not part of ajv itself.
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(schemaOf('sarif-schema-2.1.0.json')));
    for (const findings of [report.findings, []])
      expect([validate(sarifOf({ ...report, findings }).log), validate.errors]).toEqual([true, null]);
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  it('says all that GitHub requires', () => {
    const { rules, results } = sarifOf(report);
    expect(results.map(({ ruleId, ruleIndex = -1 }) => [ruleId, rules[ruleIndex]?.id])).toEqual([
      ['TW2103', 'TW2103'],
      ['TW2106', 'TW2106'],
    ]);
    for (const result of results)
      for (const [what, get] of required)
        expect([what, get(result, rules[result.ruleIndex ?? -1] ?? {}) || 'nothing']).not.toContain('nothing');
    expect(results[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'bin/my%20file.js', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 7 },
    });
  });

  it('has the same rules whatever was found, and knows a finding again when its line moves', () => {
    expect(sarifOf({ ...report, findings: [] }).rules).toEqual(sarifOf(report).rules);
    const hashOf = ({ results }: ReturnType<typeof sarifOf>): unknown => results[0]?.partialFingerprints;
    const moved: SarifLog = JSON.parse(
      toSarif({ ...report, findings: report.findings.map((each) => ({ ...each, line: each.line + 1 })) }, '1.2.3', (file) => {
        const text = read(file);
        return text === undefined ? undefined : `\n${text}`;
      }),
    );
    expect(moved.runs[0]?.results[0]?.partialFingerprints).toEqual(hashOf(sarifOf(report)));
  });
});

describe('toJunit', () => {
  it('keeps to the schema of JUnit reports, with and without findings', async () => {
    const validate = async (contents: string): Promise<boolean> => {
      const xml = [{ fileName: 'check.xml', contents }];
      return (await validateXML({ xml, schema: [{ fileName: 'junit.xsd', contents: schemaOf('junit-4.xsd') }] })).valid;
    };
    for (const findings of [report.findings, []]) expect(await validate(toJunit({ ...report, findings }))).toBe(true);
    expect(await validate(toJunit({ ...report, status: 'not-migrated', findings: [] }))).toBe(true);
    expect(await validate('<testsuites><testcase/></testsuites>')).toBe(false);
  });

  it('has a case per question, and escapes what XML cannot hold', () => {
    const text = toJunit(report);
    expect(text).toContain('<testsuite name="tracewright check" tests="10" failures="1" errors="0" skipped="1">');
    expect(text).toContain('bin/my file.js:3 TW2103 A &lt; B &amp; &quot;C&quot;\uFFFD Do it.</failure>');
    expect(text).toContain('name="the lock file holds what package.json says">\n      <skipped/>');
    expect(text).toContain('<system-out>Dockerfile:1 TW2106 Changed. Look.</system-out>');
  });

  it('says "not migrated" in one failing case', () => {
    const finding = { code: 'TW2100', level: 'error', file: 'package.json', line: 1, why: 'No.', next: 'Plan.' } as const;
    const text = toJunit({ status: 'not-migrated', codemods: [], findings: [finding], unasked: [] });
    expect(text).toContain('tests="1" failures="1"');
  });
});

it('tells a person what holds and what does not', () => {
  const text = renderCheckReport(report, false);
  expect(text).toContain('✓ one copy of @opentelemetry/api');
  expect(text).toContain('✗ bin/my file.js:3  Tracing is not loaded first  TW2103');
  expect(text).toContain('1 fault\n');
  for (const untrue of ['nothing drifted', 'tracing is loaded first', 'the lock file']) expect(text).not.toContain(`✓ ${untrue}`);
});
