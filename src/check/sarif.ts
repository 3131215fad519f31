import { createHash } from 'node:crypto';
import { catalogue, type ErrorCode } from '../contract/index.ts';
import { type CheckReport, type Finding, questions } from './finding.ts';
import { hashLines } from './line-hash.ts';

const levels = { error: 'error', warning: 'warning' } as const;
const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Text of a file by its path from the root of the repository; undefined when it is not there. */
export type ReadText = (file: string) => string | undefined;

/**
 * The report as SARIF 2.1.0 with what GitHub asks besides: relative paths, whole regions, fingerprints, and the same rules in every run.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-support
 */
export function toSarif(report: Pick<CheckReport, 'findings'>, version: string, read: ReadText): string {
  const asked = questions.flatMap(({ codes }) => codes);
  const codes = [...new Set<ErrorCode>([...asked, 'TW2100', ...report.findings.map(({ code }) => code)])].sort();
  const driver = { name: 'tracewright', version, semanticVersion: version, rules: codes.map(ruleOf) };
  const placeOf = createPlaces(read);
  const results = report.findings.map((each) => ({
    ruleId: each.code,
    ruleIndex: codes.indexOf(each.code),
    level: levels[each.level],
    message: { text: `${each.why} ${each.next}` },
    ...placeOf(each),
  }));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function ruleOf(code: ErrorCode): object {
  const { title, next } = catalogue[code];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${next}` },
    help: { text: next },
    defaultConfiguration: { level: 'error' },
  };
}

/** Where findings are, and by what GitHub knows them again; each file is read and hashed once. */
function createPlaces(read: ReadText): (finding: Finding) => object {
  const files = new Map<string, { readonly lines: readonly string[]; readonly hashes: ReadonlyMap<number, string> }>();
  const open = (file: string): { readonly lines: readonly string[]; readonly hashes: ReadonlyMap<number, string> } => {
    const known = files.get(file);
    if (known) return known;
    const text = read(file);
    const opened = { lines: text?.split(/\r\n|\r|\n/) ?? [], hashes: text === undefined ? new Map<number, string>() : hashLines(text) };
    files.set(file, opened);
    return opened;
  };
  return ({ code, file, line, why }) => {
    const { lines, hashes } = open(file);
    const artifactLocation = { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
    const region = { startLine: line, startColumn: 1, endLine: line, endColumn: (lines[line - 1]?.length ?? 0) + 1 };
    // A file that is gone has no line to know it by.
    const primaryLocationLineHash = hashes.get(line) ?? createHash('sha256').update(`${code}\0${file}\0${why}`).digest('hex').slice(0, 16);
    return { locations: [{ physicalLocation: { artifactLocation, region } }], partialFingerprints: { primaryLocationLineHash } };
  };
}
