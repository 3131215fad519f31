import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { TracewrightError } from '../contract/index.ts';
import { isTooDeep } from '../engine/index.ts';

/** Files and folders that `check.allow` of tracewright.yaml names. Throws TW3006 with the line. */
export function readAllowed(source: string | undefined): readonly string[] {
  if (source === undefined) return [];
  if (isTooDeep('tracewright.yaml', source)) throw new TracewrightError('TW3006', 'tracewright.yaml:1 is nested too deeply');
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' });
  const [broken] = document.errors;
  const fail = (offset: number, what: string): never => {
    throw new TracewrightError('TW3006', `tracewright.yaml:${lines.linePos(offset).line} ${what}`);
  };
  if (broken !== undefined) return fail(broken.pos[0], broken.message.split('\n')[0] ?? '');
  const check: unknown = document.get('check', true);
  if (check === undefined) return [];
  if (!isMap(check)) return fail(source.search(/^check\b/m), 'check is not a set of keys');
  const unknown = check.items.find(({ key }) => !isScalar(key) || key.value !== 'allow');
  if (unknown !== undefined) return fail(check.range?.[0] ?? 0, `check.${String(unknown.key)} is not a known key; known are allow`);
  const allow = check.get('allow', true);
  if (!isSeq(allow)) return fail(check.range?.[0] ?? 0, 'check.allow is not a list');
  return allow.items.map((item) =>
    isScalar(item) && typeof item.value === 'string' && item.value !== ''
      ? item.value.replace(/^\.\//, '')
      : fail(check.range?.[0] ?? 0, 'check.allow holds something that is not a path'),
  );
}
