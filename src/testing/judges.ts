import { labelOf, renderDifferences, type SpanNode, type Trace } from '../trace/index.ts';
import { compareWithFile, goldenFile, writeGoldenFile } from '../verify/setup/golden-files.ts';
import { type Choices, maskerFor, readChoices } from '../verify/setup/read-choices.ts';
import type { TraceSource } from './receiver.ts';
import { findSpan, type SpanPattern, showPattern, spansOf } from './span-pattern.ts';

/** What is wrong with the traces that arrived so far; undefined when nothing is. */
export type Judge = () => string | undefined;

export function judgeSpan(source: TraceSource, pattern: SpanPattern): Judge {
  return () => (findSpan(source.traces(), pattern) ? undefined : `no span is ${showPattern(pattern)}`);
}

/** One trace id, one root, nothing without its parent. */
export function judgeOneTrace(source: TraceSource): Judge {
  return () => {
    const traces = source.traces();
    const [trace] = traces;
    if (trace === undefined) return 'no span arrived';
    if (traces.length > 1) return `${traces.length} traces instead of one`;
    const [orphan] = trace.orphans;
    if (orphan) return `the parent of ${labelOf(orphan.span)} never arrived`;
    return trace.roots.length === 1 ? undefined : `${trace.roots.length} roots instead of one`;
  };
}

function calls({ span, children }: SpanNode, from: string, to: string): boolean {
  const outgoing = span.service === from && (span.kind === 'CLIENT' || span.kind === 'PRODUCER');
  return (
    outgoing && children.some((child) => child.span.service === to && (child.span.kind === 'SERVER' || child.span.kind === 'CONSUMER'))
  );
}

/** A call that leaves `from` continues its trace in `to`. */
export function judgePropagation(source: TraceSource, from: string, to: string): Judge {
  return () => {
    const spans = spansOf(source.traces());
    if (spans.some((node) => calls(node, from, to))) return undefined;
    const missing = [from, to].find((service) => spans.every(({ span }) => span.service !== service));
    return missing === undefined ? `no call from ${from} continues its trace in ${to}` : `no span of ${missing} arrived`;
  };
}

export interface GoldenOptions {
  /** Repository root, which holds `.tracewright/golden`. Default: the current folder. */
  readonly root?: string;
}

/** Compares with `.tracewright/golden/<name>.json`. It is written when missing, or with TRACEWRIGHT_UPDATE=1; never when CI=true. */
export function judgeGolden(source: TraceSource, name: string, { root = process.cwd() }: GoldenOptions): Judge {
  let choices: Choices | undefined;
  return () => {
    const [program] = source.running();
    if (program !== undefined) return `\`${program}\` still runs, so spans may be missing: await its stop() first`;
    if (source.traces().length === 0) return 'no span arrived';
    choices ??= readChoices(root);
    const { attributes, masker } = choices;
    const golden = { version: 1, scenario: name, traces: source.golden(attributes) } as const;
    const { status, differences } = compareWithFile(root, golden, [], attributes);
    if (status === 'equal') return undefined;
    const isFrozen = process.env['CI'] === 'true';
    if (!isFrozen && (status === 'missing' || process.env['TRACEWRIGHT_UPDATE'] === '1')) {
      writeGoldenFile(root, golden, masker);
      return undefined;
    }
    if (status === 'missing') return `${goldenFile(name)} is missing, and CI=true refuses to write it`;
    return `not as in ${goldenFile(name)}; TRACEWRIGHT_UPDATE=1 writes it anew\n${renderDifferences(differences)}`.trimEnd();
  };
}

export interface Verdict {
  readonly pass: boolean;
  /** What is wrong, or what was not expected to hold, and the trees that arrived. */
  readonly message: string;
}

function draw(traces: readonly Trace[], render: (trace: Trace) => string): string {
  return traces.length === 0 ? 'nothing arrived\n' : traces.map(render).join('');
}

/** Waits until nothing is wrong any more, or the time is over. */
export async function settle(source: TraceSource, judge: Judge, timeoutMs: number, render: (trace: Trace) => string): Promise<Verdict> {
  const pass = await source.until(() => judge() === undefined, source.running().length === 0 ? 0 : timeoutMs);
  const what = pass ? 'it holds, and was expected not to' : (judge() ?? 'the time is over');
  const refused = source.problems().map((problem) => `refused: ${problem}\n`);
  return { pass, message: maskerFor(process.cwd(), []).text(`${what}\n\n${draw(source.traces(), render)}${refused.join('')}`) };
}
