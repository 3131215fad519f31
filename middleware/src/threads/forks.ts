import childProcess, { type ChildProcess } from 'child_process';
import { join } from 'path';
import { read } from '../frameworks/reader';
import { replaceMethod } from '../messaging/replace';
import { carrierNow } from '../messaging/spans';
import { bootstrapFile, isInherited } from '../process/bootstrap-file';
import { watchProcess } from '../process/process-events';
import { emitterOf, offerEmit } from '../server/emit';
import { isOfProgram } from './caller';
import { Channel, type Child } from './ipc';
import { GIVEN_ENV, type Given } from './started';

interface Spawn {
  readonly file?: string;
  args?: readonly string[];
  envPairs?: readonly string[];
}

const channels = new WeakMap<object, Channel>();

/** Processes that the program forks, and their messages. */
export function watchForks(): void {
  const { prototype } = childProcess.ChildProcess;
  replaceMethod(
    prototype,
    'spawn',
    (original) =>
      function (this: Child, ...args: unknown[]) {
        const [options] = args;
        const started = starting(options as Spawn);
        const result = Reflect.apply(original, this, started === undefined ? args : [started]);
        if (started !== undefined && Array.isArray(this.spawnargs)) Reflect.set(this, 'spawnargs', (options as Spawn).args || []);
        if (typeof this.send === 'function' && isNode(options as Spawn)) {
          const channel = new Channel();
          channels.set(this, channel);
          channel.follow(this);
        }
        return result;
      },
  );
  watchChildren(prototype);
  watchOwnChannel();
}

/** Sees messages of children before their listeners; no frame of ours stands between. */
function watchChildren(prototype: ChildProcess): void {
  const original = emitterOf(prototype);
  const emit = function emit(this: object, event: string | symbol, message?: unknown): boolean {
    const channel = channels.get(this);
    if (channel !== undefined && event === 'internalMessage' && channel.takeInternal(message, true)) return true;
    if (channel !== undefined && event === 'message') channel.enterMessage();
    // biome-ignore lint/complexity/noArguments: forwards without allocating an array per event
    return Reflect.apply(original.emit, this, arguments);
  };
  offerEmit<ChildProcess>(prototype, emit, (child) => (channels.has(child) ? undefined : original.emit));
}

let isWatched = false;

/** The channel to whoever forked this process. */
export function watchOwnChannel(): void {
  if (isWatched || typeof process.send !== 'function') return;
  isWatched = true;
  const channel = new Channel();
  channel.greet(process as unknown as Child);
  channel.follow(process as unknown as Child);
  watchProcess('internalMessage', (message) => channel.takeInternal(message, process.listenerCount('message') > 0));
  watchProcess('message', () => channel.enterMessage());
}

function isNode({ file }: Spawn): boolean {
  return file === process.execPath || file === 'node';
}

/** What `fork` starts, with the bootstrap and the trace that runs; undefined for everything else. */
function starting(options: Spawn): Spawn | undefined {
  const { args, envPairs } = options || {};
  // An ES module loads while messages come already: what reads them is loaded before.
  const flag = bootstrapFile() || (Array.isArray(args) && isInherited(args) ? join(__dirname, 'early.js') : undefined);
  if (flag === undefined || !isNode(options) || !Array.isArray(args) || !Array.isArray(envPairs)) return undefined;
  if (!envPairs.some((pair) => /^NODE_CHANNEL_FD=/.test(String(pair))) && !hasChannel(options)) return undefined;
  const at = scriptIn(args);
  // Workers of a cluster are programs of their own, to whom it sends requests.
  const isWorker = envPairs.some((pair) => /^NODE_UNIQUE_ID=/.test(String(pair)));
  if (isWorker || at === undefined || !isOfProgram(args[at])) return undefined;
  // The first line of the entry of this program starts tracing there, too.
  const isEntry = args[at] === process.argv[1];
  if (isEntry || process.execArgv.indexOf(flag) >= 0 || String(process.env['NODE_OPTIONS']).indexOf(flag) >= 0)
    return withEnvironment(options, {});
  const [first, ...rest] = args;
  return withEnvironment({ ...options, args: [first, '--require', flag, ...rest] }, { file: flag });
}

function withEnvironment(options: Spawn, start: Given): Spawn {
  const carrier = carrierNow();
  const given: Given = { ...start, ...(carrier && { carrier }) };
  return { ...options, envPairs: [...(options.envPairs || []), `${GIVEN_ENV}=${JSON.stringify(given)}`] };
}

/** A child has a channel for messages when it was forked, or spawned with one. */
function hasChannel(options: Spawn): boolean {
  const stdio: unknown = read(options, 'stdio');
  return Array.isArray(stdio) && stdio.some((each) => each === 'ipc' || read(each, 'type') === 'ipc');
}

/** The first argument that is no flag, where no flag before it takes the next word. */
function scriptIn(args: readonly string[]): number | undefined {
  for (let at = 1; at < args.length; at++) {
    const word = String(args[at]);
    if (word.charAt(0) !== '-') return at;
    if (/^(?:-r|-C|--require|--import|--loader|--experimental-loader|--conditions|--env-file|--title)$/.test(word)) at++;
    else if (/^(?:-e|-p|-pe|--eval|--print|-c|--check|-i)$/.test(word)) return undefined;
  }
  return undefined;
}
