import { TracewrightError } from '../contract/index.ts';
import { canonicalJson, sha256 } from '../engine/plan/canonical.ts';

/** Plain data that a step leaves for whoever reads the journal. */
export type Output = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface OfStep {
  readonly step: string;
  readonly identity: string;
}

/** Everything that can happen. Holds no clock, host, process id or absolute path: it is committed. */
export type TaskEvent =
  | (OfStep & { readonly event: 'start'; readonly attempt: number })
  | (OfStep & { readonly event: 'done'; readonly output: Output })
  | (OfStep & { readonly event: 'wait'; readonly output: Output })
  /** `again`: the same run tries once more. */
  | (OfStep & { readonly event: 'fail'; readonly code: string; readonly reason: string; readonly again: boolean; readonly output?: Output })
  | (OfStep & { readonly event: 'signal'; readonly approved: boolean; readonly note: string })
  | { readonly event: 'cancel'; readonly graph: string; readonly note: string }
  | { readonly event: 'resume'; readonly graph: string };

/** One line: an event, its number, and the hash of itself and all before it. */
export type TaskRecord = TaskEvent & { readonly seq: number; readonly hash: string };

export interface Journal {
  readonly records: readonly TaskRecord[];
  /** Bytes that hold whole lines; what follows was being written when the writer died. */
  readonly whole: number;
  /** The last whole record only lacks its line end. */
  readonly unended: boolean;
}

const events = ['start', 'done', 'wait', 'fail', 'signal', 'cancel', 'resume'];

/** The record that follows others. */
export function chainRecord(event: TaskEvent, last: TaskRecord | undefined): TaskRecord {
  const numbered = { ...event, seq: (last?.seq ?? 0) + 1 };
  return { ...numbered, hash: sha256(`${last?.hash ?? ''}\n${canonicalJson(numbered)}`) };
}

/** A record as one line. */
export function lineOf(record: TaskRecord): string {
  return `${canonicalJson(record)}\n`;
}

/** The record of a line, if each of its bytes is as it was written. */
function recordOf(line: string, last: TaskRecord | undefined): TaskRecord | undefined {
  try {
    const { hash: _hash, seq: _seq, ...event } = JSON.parse(line) as TaskRecord;
    const record = chainRecord(event, last);
    return `${line}\n` === lineOf(record) && events.includes(record.event) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a journal. A last line that is cut short is left out; any other wrong byte is TW4006 with its line. */
export function parseJournal(bytes: Buffer): Journal {
  const { damaged, ...journal } = readLines(bytes);
  if (damaged) throw new TracewrightError('TW4006', `journal.ndjson:${journal.records.length + 1} is not as it was written`);
  return journal;
}

/** The whole lines up to the first that is not as it was written. */
export function readLines(bytes: Buffer): Journal & { readonly damaged: boolean } {
  const records: TaskRecord[] = [];
  let at = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
    const record = recordOf(bytes.toString('utf8', at, end), records.at(-1));
    if (record === undefined) return { records, whole: at, unended: false, damaged: true };
    records.push(record);
    at = end + 1;
  }
  const tail = bytes.subarray(at);
  const unended = tail.length > 0 ? recordOf(tail.toString('utf8'), records.at(-1)) : undefined;
  if (unended !== undefined) return { records: [...records, unended], whole: bytes.length, unended: true, damaged: false };
  // A whole record and one more byte is no line that was cut short: its line end was changed.
  const isChanged = tail.length > 1 && recordOf(tail.toString('utf8', 0, tail.length - 1), records.at(-1)) !== undefined;
  return { records, whole: at, unended: false, damaged: isChanged || !isTorn(tail) };
}

/** What a crash leaves of a line: its beginning, or zeros where the disk had room but no data yet. */
function isTorn(tail: Buffer): boolean {
  return tail.length === 0 || tail[0] === 0 || '{"'.startsWith(tail.toString('latin1', 0, 2));
}
