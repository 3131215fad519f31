import type { Context } from '@opentelemetry/api';
import threads, { type MessagePort } from 'worker_threads';
import { exchange } from '../context-manager';
import { read } from '../frameworks/reader';
import { contextFrom } from '../messaging/spans';
import { isObject } from '../messaging/stored';
import { linkOver, linkPorts, takeNote } from './ports';

/** The name under which a thread finds what it was started with, and a process among its environment variables. */
export const GIVEN = 'tracewright.started';
export const GIVEN_ENV = 'TRACEWRIGHT_STARTED';

/** What one of ours gives to a thread or process that it starts. */
export interface Given {
  /** The trace in which it was started. */
  readonly carrier?: Record<string, string>;
  /** The bootstrap that it was told to load; the program does not see the flag. */
  readonly file?: string;
  /** Of a thread: the way for notes. */
  readonly control?: MessagePort;
}

const given = take();

/** Taken at once, before anything of the program runs: neither it nor what it starts finds it. */
function take(): Given | undefined {
  try {
    const found = threads.isMainThread ? takeFromEnvironment() : takeFromThread();
    if (found !== undefined && found.file !== undefined) hideFlag(found.file);
    return found;
  } catch {
    return undefined;
  }
}

function takeFromThread(): Given | undefined {
  const { getEnvironmentData, setEnvironmentData }: Partial<typeof threads> = threads;
  const found: unknown = getEnvironmentData && getEnvironmentData(GIVEN);
  if (!isObject(found) || setEnvironmentData === undefined) return undefined;
  setEnvironmentData(GIVEN, undefined as unknown as string);
  return found;
}

function takeFromEnvironment(): Given | undefined {
  const text = process.env[GIVEN_ENV];
  if (text === undefined) return undefined;
  delete process.env[GIVEN_ENV];
  return JSON.parse(text);
}

function hideFlag(file: string): void {
  const at = process.execArgv.lastIndexOf(file);
  if (at > 0 && process.execArgv[at - 1] === '--require') process.execArgv.splice(at - 1, 2);
}

/** True in a thread or process that another one of ours has started, which has said all that people want to know. */
export function isStarted(): boolean {
  return given !== undefined;
}

/** True in a thread that another one of ours has started: what it says of the process holds for this one. */
export function isThread(): boolean {
  return parentControl() !== undefined;
}

/** Where a thread sends what it ends with; undefined where nobody of ours started it. */
export function parentControl(): MessagePort | undefined {
  return given && given.control;
}

/** The trace in which this thread or process was started goes on in its main script. */
export function enterStart(): void {
  if (given === undefined) return;
  const { carrier, control } = given;
  const context: Context | undefined = carrier && contextFrom(carrier);
  if (control !== undefined && threads.parentPort !== null) {
    const link = linkOver(threads.parentPort, control);
    link.isHeard = true;
    control.postMessage({ n: 0 });
    for (let found = threads.receiveMessageOnPort(control); found !== undefined; found = threads.receiveMessageOnPort(control))
      takeNote(link, found.message);
    linkPorts(link, read(threads, 'workerData'));
  }
  if (context !== undefined) exchange(context);
}
