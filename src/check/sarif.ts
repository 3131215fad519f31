import { catalogue } from '../contract/index.ts';
import type { CheckReport, Finding } from './finding.ts';

const levels = { error: 'error', warning: 'warning' } as const;

/** The report as SARIF 2.1.0, for code scanning. Paths are relative to the repository. */
export function toSarif(report: CheckReport, version: string): string {
  const codes = [...new Set(report.findings.map(({ code }) => code))].sort();
  const rules = codes.map((code) => ({
    id: code,
    shortDescription: { text: catalogue[code].title },
    help: { text: catalogue[code].next },
  }));
  const driver = { name: 'tracewright', version, semanticVersion: version, rules };
  const results = report.findings.map((each) => resultOf(each, codes.indexOf(each.code)));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

function resultOf({ code, level, file, line, why, next }: Finding, ruleIndex: number): object {
  const artifactLocation = { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
  return {
    ruleId: code,
    ruleIndex,
    level: levels[level],
    message: { text: `${why} ${next}` },
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: line } } }],
  };
}
