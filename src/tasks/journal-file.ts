import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../engine/apply/durable.ts';
import { appendInside, soleFile, writeInside } from '../engine/apply/write-inside.ts';
import { sha256 } from '../engine/plan/canonical.ts';
import { LOCAL, notWritten, TASKS, type TaskHome } from './home.ts';
import { chainRecord, lineOf, parseJournal, readLines, type TaskEvent, type TaskRecord } from './journal.ts';

const JOURNAL = `${TASKS}/journal.ndjson`;

/** The journal while one process writes it. */
export interface JournalWriter {
  readonly records: readonly TaskRecord[];
  /** Returns when the disk has it; throws TW4008, and then nothing of it is left in the file. */
  append(event: TaskEvent): TaskRecord;
  close(): void;
}

/** The records of a folder's journal; none when there is no journal. Throws TW4006. */
export function readRecords(home: TaskHome): readonly TaskRecord[] {
  return existsSync(home.journal) ? parseJournal(readFileSync(home.journal)).records : [];
}

/** Goes back to the lines before the first damaged one; the whole file is kept beside it. The name of that copy, when there was damage. */
export function repairJournal({ root, journal }: TaskHome): string | undefined {
  const bytes = existsSync(journal) ? readFileSync(journal) : Buffer.alloc(0);
  const { damaged, whole } = readLines(bytes);
  if (!damaged) return undefined;
  const copy = `journal.damaged-${sha256(bytes).slice(0, 8)}.ndjson`;
  try {
    writeInside(root, `${TASKS}/${copy}`, bytes, 'tasks');
    writeInside(root, JOURNAL, bytes.subarray(0, whole), 'tasks');
  } catch (cause) {
    throw notWritten(cause);
  }
  return copy;
}

/** Opens the journal for its one writer and cuts off what a killed one left of a line. */
export function openJournal(home: TaskHome): JournalWriter {
  const isNew = !existsSync(home.journal);
  const bytes = isNew ? Buffer.alloc(0) : readFileSync(home.journal);
  const found = parseJournal(bytes);
  const records = [...found.records];
  const handle = open(home);
  let length = found.whole;
  const write = (text: string): void => {
    const content = Buffer.from(text);
    try {
      for (let written = 0; written < content.length; )
        written += writeSync(handle, content, written, content.length - written, length + written);
      fdatasyncSync(handle);
    } catch (cause) {
      cutBack(handle, length);
      throw notWritten(cause);
    }
    length += content.length;
  };
  try {
    if (found.whole < bytes.length) ftruncateSync(handle, found.whole);
    if (found.unended) write('\n');
    if (isNew) syncFolder(dirname(home.journal));
  } catch (error) {
    closeSync(handle);
    throw error;
  }
  return {
    records,
    append: (event) => {
      const record = chainRecord(event, records.at(-1));
      write(lineOf(record));
      records.push(record);
      noteTime(home, record.seq);
      return record;
    },
    close: () => closeSync(handle),
  };
}

function open({ root }: TaskHome): number {
  try {
    const journal = soleFile(root, JOURNAL, 'tasks');
    return openSync(journal, existsSync(journal) ? 'r+' : 'wx+');
  } catch (cause) {
    throw notWritten(cause);
  }
}

function cutBack(handle: number, length: number): void {
  try {
    if (fstatSync(handle).size > length) ftruncateSync(handle, length);
  } catch {
    // The line stays cut short; the next writer takes it off.
  }
}

/** When it was written, beside the journal: for people, never read back to decide anything. */
function noteTime({ root }: TaskHome, seq: number): void {
  try {
    appendInside(root, `${LOCAL}/times.ndjson`, `${JSON.stringify({ seq, at: new Date().toISOString() })}\n`, 'tasks');
  } catch {
    // The record itself is safe.
  }
}
