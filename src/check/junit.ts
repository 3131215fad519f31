import { catalogue } from '../contract/index.ts';
import type { StagedReport } from './check-staged.ts';
import { type CheckReport, type Finding, questions } from './finding.ts';

/** The report as JUnit XML: one test case per question, so that what passed is seen, too. */
export function toJunit(report: CheckReport | StagedReport, asked: typeof questions = questions): string {
  const cases = report.status === 'not-migrated' ? unmigrated : asked;
  const codesAsked = new Set(cases.flatMap(({ codes }) => codes));
  const others = report.findings.filter(({ code }) => !codesAsked.has(code));
  const unasked = 'unasked' in report ? report.unasked : [];
  const texts = [
    ...cases.map(({ name, codes }) => {
      const findings = report.findings.filter(({ code }) => codes.includes(code));
      return unasked.includes(name) && findings.length === 0 ? skipped(name) : testCase(name, findings);
    }),
    ...(others.length === 0 ? [] : [testCase('the codemods of the receipt work here', others)]),
  ];
  const failures = texts.filter((text) => text.includes('<failure')).length;
  const skips = texts.filter((text) => text.includes('<skipped/>')).length;
  const counts = `tests="${texts.length}" failures="${failures}" errors="0"`;
  const suite = `  <testsuite name="tracewright check" ${counts} skipped="${skips}">\n${texts.join('')}  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n${suite}</testsuites>\n`;
}

const unmigrated: typeof questions = [{ name: 'migrated', codes: ['TW2100'] }];

/** Nothing could answer, or another case has the answer. */
function skipped(name: string): string {
  return `${openCase(name)}>\n      <skipped/>\n    </testcase>\n`;
}

function openCase(name: string): string {
  return `    <testcase classname="tracewright.check" name="${escapeXml(name)}"`;
}

function testCase(name: string, findings: readonly Finding[]): string {
  const open = openCase(name);
  const text = (level: Finding['level']): string =>
    findings
      .filter((each) => each.level === level)
      .map(lineOf)
      .join('\n');
  const errors = findings.filter(({ level }) => level === 'error');
  const [first] = errors;
  const message =
    first === undefined ? '' : `${first.code} ${catalogue[first.code].title}${errors.length > 1 ? ` and ${errors.length - 1} more` : ''}`;
  const failure =
    first === undefined
      ? ''
      : `      <failure type="${first.code}" message="${escapeXml(message)}">${escapeXml(text('error'))}</failure>\n`;
  const output = text('warning') === '' ? '' : `      <system-out>${escapeXml(text('warning'))}</system-out>\n`;
  return failure + output === '' ? `${open}/>\n` : `${open}>\n${failure}${output}    </testcase>\n`;
}

function lineOf({ code, file, line, why, next }: Finding): string {
  return `${file}:${line} ${code} ${why} ${next}`;
}

/** Characters that XML 1.0 cannot hold at all become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
