import type { NextCall } from './answer.ts';
import { type Continued, continueWork, lastFound, refuseWhileRunning } from './background/continue-work.ts';
import { isLarge } from './background/tree-stamp.ts';
import type { Call } from './tool.ts';
import { doWork, type Findings, type Orders, type WorkName } from './works/index.ts';

/** A repository of more files may take longer than a call has. */
const LARGE = 15_000;

/** Does work here when it is short, else where it can go on after this call. `reading`: what the last run found will do, if nothing changed since. */
export async function workOn<Name extends WorkName>(
  work: Name,
  order: Orders[Name],
  call: Call,
  reading = false,
): Promise<Continued<Findings[Name]>> {
  const { path } = call.root;
  return work === 'verify' || isLarge(path, LARGE) ? inBackground(work, order, call, reading) : here(work, order, call);
}

async function inBackground<Name extends WorkName>(
  work: Name,
  order: Orders[Name],
  call: Call,
  reading: boolean,
): ReturnType<typeof workOn<Name>> {
  const found = reading ? lastFound(work, order, call.root.path) : undefined;
  return found === undefined ? continueWork(work, order, call) : { status: 'ended', found };
}

async function here<Name extends WorkName>(
  work: Name,
  order: Orders[Name],
  { root, scope, signal }: Call,
): ReturnType<typeof workOn<Name>> {
  if (work === 'apply') refuseWhileRunning(root.path);
  const found = await scope.traced(`tracewright ${work}`, () => doWork(work, root.path, order, { say: () => undefined, signal }));
  return { status: 'ended', found };
}

/** The answer while work goes on: the same call again waits for its end. */
export function stillRunning(doing: string, again: NextCall): { readonly running: string; readonly done: false; readonly next: NextCall } {
  return { running: doing, done: false, next: { ...again, why: 'It goes on in the background; this call waits for its end.' } };
}
