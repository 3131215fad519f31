import type { Plan, Receipt } from '../contract/index.ts';
import { listCodemods } from '../registry/index.ts';
import { tasksOf } from '../review/index.ts';
import { type NormalSpan, normalizeTrace, type Trace } from '../trace/index.ts';
import type { Check, VerifyReport } from '../verify/index.ts';
import { documentOf, fence, fold, part } from './fence.ts';
import { leftAlonePart, tasksPart } from './parts.ts';

const TRACES = 20;
const DETAILS = 10;

/** What a verification is handed off with. */
export interface Proven {
  readonly report: VerifyReport;
  readonly receipt: Receipt | undefined;
  /** The repository, whose place on this machine is nobody's concern. */
  readonly root: string;
  /** What codemods say of the tree now; absent when it cannot be planned. */
  readonly plan: Plan | undefined;
}

/** A verification for a reviewer or another agent: what was changed, what is left, what the run proved, the traces before and after. */
export function handOffVerify({ report, receipt, plan, root }: Proven): string {
  return documentOf(titleOf(report), [
    ...part('What was changed, and why', ...changed(receipt, plan)),
    ...(plan === undefined ? [] : [...tasksPart(tasksOf(plan)), ...leftAlonePart(plan, idsOf(receipt))]),
    ...part('What the run proved', fence(withoutMachine(report.checks.map(checkText).join('\n'), root))),
    ...(report.verdict.left.length === 0 ? [] : part('What the run did not reach', leftText(report))),
    ...part('What to check', checklist(report)),
    ...part('Trace before', ...before(report)),
    ...part('Trace after', ...after(report)),
  ]);
}

function titleOf({ verdict: { state, left } }: VerifyReport): string {
  if (state === 'nothing proven') return 'Tracing: changed, and nothing proven';
  if (state === 'faults') return 'Tracing: changed, and not verified';
  return left.length === 0 ? 'Tracing: changed and verified' : `Tracing: changed and verified, ${left.length} left`;
}

/** What the run did not reach. */
function leftText({ verdict: { left } }: VerifyReport): string {
  return fence(left.map(({ site, place, why }) => `${site}${place === undefined ? '' : ` (${place})`}: ${why}`).join('\n'));
}

function changed(receipt: Receipt | undefined, plan: Plan | undefined): readonly string[] {
  if (receipt === undefined) return ['There is no receipt of what was applied.'];
  const known = listCodemods();
  const lines = idsOf(receipt).map((id) => {
    const meta = known.find((codemod) => codemod.meta.id === id)?.meta;
    const now = plan?.codemods.find((one) => one.id === id);
    const why = now?.status === 'satisfied' ? now.why : (meta?.description ?? '');
    return [`${id}: ${meta?.title ?? 'not in this version'}`, ...(why === '' ? [] : [fold('  ', why)])].join('\n');
  });
  const files = receipt.files.map(
    ({ file, before: old, after: now }) => `${old === null ? 'new     ' : now === null ? 'deleted ' : 'changed '} ${file}`,
  );
  return [fence(lines.join('\n\n')), fence(files.join('\n'))];
}

function idsOf(receipt: Receipt | undefined): readonly string[] {
  return [...new Set((receipt?.applied ?? []).flatMap(({ codemods }) => codemods))];
}

/** The same for every run: no durations, ports and folders. */
function withoutMachine(text: string, root: string): string {
  return text
    .replaceAll(`${root}/`, '')
    .replaceAll(/\b\d+(?:\.\d+)? (?=ms\b)/g, '… ')
    .replaceAll(/(?<=\b(?:127\.0\.0\.1|localhost):)\d+/g, '…');
}

function checkText({ status, summary, details, next }: Check): string {
  const isOpen = status === 'fail' || status === 'warn';
  const shown = isOpen ? details.slice(0, DETAILS).map((detail) => fold('        ', detail)) : [];
  const more = isOpen && details.length > DETAILS ? [`        and ${details.length - DETAILS} more`] : [];
  return [fold(`${status.padEnd(6)}`, summary), ...shown, ...more, ...(isOpen && next ? [fold('        next: ', next)] : [])].join('\n');
}

function checklist({ ok, checks, against }: VerifyReport): string {
  const open = checks.filter(({ status }) => status === 'fail' || status === 'warn').length;
  return [
    ok ? '1. Every check that could fail held.' : '1. Mend what failed above: each says what to do next.',
    open === 0 ? '2. Nothing was doubtful.' : '2. Read what failed or is doubtful above.',
    against === undefined
      ? '3. Nothing was compared with before: `tracewright verify . --against HEAD` does.'
      : compared(against.differences.length),
    '4. `tracewright record .` keeps these traces; `tracewright verify . --frozen` holds CI to them; `tracewright undo .` puts every byte back.',
  ].join('\n');
}

function compared(differences: number): string {
  return differences === 0 ? '3. Status, bodies, output and exit are as before.' : '3. Read what differs from before, below.';
}

function before({ against }: VerifyReport): readonly string[] {
  const said = 'No spans: Tracewright changes only what nothing traces.';
  if (against === undefined) return [said];
  const { ref, differences } = against;
  const lines = differences.map(({ where, what, before: old, after: now }) =>
    [`${where}: ${what}`, fold('  before: ', old), fold('  after:  ', now)].join('\n'),
  );
  if (lines.length === 0) return [`${said} This revision ran, too, and answered and ended the same.`, fence(ref)];
  return [`${said} This revision ran, too, and this differs.`, fence([ref, ...lines].join('\n'))];
}

/** Each request with its tree, without ids, clocks and user data. */
function after({ requests, otherTraces }: VerifyReport): readonly string[] {
  const texts = requests.map(({ request, service, status, error, trace }) => {
    const head = `${request} of ${service}: ${error ?? status ?? 'no answer'}`;
    return [head, ...(trace ? treeOf(trace) : ['  no span arrived'])].join('\n');
  });
  const distinct = [...new Set([...texts, ...otherTraces.map((trace) => ['without a request', ...treeOf(trace)].join('\n'))])];
  const more = distinct.length - TRACES;
  return [
    distinct.length === 0 ? 'Nothing was asked, and no span arrived.' : fence(distinct.slice(0, TRACES).join('\n\n')),
    more > 0 ? `And ${more} more: \`tracewright verify .\` shows them all.` : '',
  ];
}

function treeOf(trace: Trace): readonly string[] {
  const lines = (spans: readonly NormalSpan[], indent: string): readonly string[] =>
    spans.flatMap(({ kind, name, service, status, children }) => [
      `${indent}${kind} ${name}  (${service})${status === undefined ? '' : `  ${status}`}`,
      ...lines(children ?? [], `${indent}  `),
    ]);
  return lines(normalizeTrace(trace), '  ');
}
