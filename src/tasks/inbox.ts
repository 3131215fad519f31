import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeInside, writeInside } from '../engine/apply/write-inside.ts';
import type { StepSignal } from './engine.ts';
import { LOCAL, notWritten, type TaskHome } from './home.ts';

/** What another process has to say to the one that writes the journal. */
export type Message = { readonly step: string; readonly said: StepSignal } | { readonly cancel: string };

const INBOX = `${LOCAL}/inbox`;

/** Leaves a message, whole or not at all. */
export function leaveMessage(home: TaskHome, message: Message): void {
  // Named by a clock that never goes back, so that messages are taken in their order.
  const name = `${process.hrtime.bigint().toString().padStart(20, '0')}-${randomUUID()}`;
  try {
    writeInside(home.root, `${INBOX}/${name}.json`, JSON.stringify(message), 'tasks');
  } catch (cause) {
    throw notWritten(cause);
  }
}

/** Hands each message over, oldest first, and drops it afterwards; a killed taker's message comes again. */
export function takeMessages(home: TaskHome, take: (message: Message) => void): void {
  const folder = join(home.root, INBOX);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  for (const name of names.sort()) {
    const message = readMessage(join(folder, name));
    if (message !== undefined) take(message);
    removeInside(home.root, `${INBOX}/${name}`, 'tasks');
  }
}

function readMessage(file: string): Message | undefined {
  try {
    const message = JSON.parse(readFileSync(file, 'utf8')) as Partial<{ step: string; said: StepSignal; cancel: string }>;
    if (typeof message.cancel === 'string') return { cancel: message.cancel };
    const { step, said } = message;
    return typeof step === 'string' && typeof said?.approved === 'boolean'
      ? { step, said: { approved: said.approved, note: String(said.note) } }
      : undefined;
  } catch {
    return undefined;
  }
}
