import threads, { type MessagePort } from 'worker_threads';
import { read } from '../frameworks/reader';
import { carrierNow } from '../messaging/spans';
import { isObject } from '../messaging/stored';
import { bootstrapFile, isInherited } from '../process/bootstrap-file';
import { isOfProgram } from './caller';
import { receiveEnded } from './ended';
import { handOver, linkOver, replaceClass, takeNote } from './ports';
import { GIVEN, type Given } from './started';

const { Worker, MessageChannel } = threads;
type Arguments = readonly [file: unknown, options?: unknown, ...rest: unknown[]];

/**
 * Threads that the program starts load the bootstrap too, know the trace in which they were started, and tell what they end with to this one,
 * which lives longer. Threads of libraries do not, but for pools that run functions of the program.
 */
export function watchWorkers(): void {
  const Followed: typeof Worker = new Proxy(Worker, {
    construct(target, args: unknown, newTarget): object {
      const made: Function = newTarget === Followed ? target : newTarget;
      return start((given) => Reflect.construct(target, given, made), args as Arguments);
    },
  });
  replaceClass(threads, 'Worker', Worker, Followed);
}

type Make = (args: Arguments) => object;

function start(make: Make, args: Arguments): object {
  const [file, options, ...rest] = args;
  const { setEnvironmentData }: Partial<typeof threads> = threads;
  const flag = bootstrapFile();
  const canLoad = flag !== undefined || (isInherited() && !read(options, 'eval') && read(options, 'execArgv') === undefined);
  if (setEnvironmentData === undefined || !canLoad || !isOfProgram(file, options)) return make(args);
  const { port1, port2 } = new MessageChannel();
  const list: unknown = read(options, 'transferList');
  const handed = handOver(list, true);
  if (handed.ports.length > 0) port1.postMessage({ n: 0, ports: handed.ports }, handed.transfer);
  const carrier = carrierNow();
  const given: Given = { control: port2, ...(carrier && { carrier }), ...(flag !== undefined && { file: flag }) };
  const transferList = [...(Array.isArray(list) ? list : []), port2];
  const withFlag = (execArgv: unknown): Arguments => [
    file,
    { ...Object(options), transferList, ...(flag !== undefined && { execArgv }) },
    ...rest,
  ];
  const flags: unknown = read(options, 'execArgv');
  const before: readonly unknown[] = Array.isArray(flags) ? flags : process.execArgv;
  setEnvironmentData(GIVEN, given as unknown as string);
  try {
    const worker = attempt(make, withFlag, flag === undefined ? before : [...before, '--require', flag]);
    follow(worker, port1);
    return worker;
  } finally {
    setEnvironmentData(GIVEN, undefined as unknown as string);
  }
}

/** Flags of the whole process are no flags of a thread, which has them anyway. */
function attempt(make: Make, withFlag: (execArgv: readonly unknown[]) => Arguments, execArgv: readonly unknown[]): object {
  try {
    return make(withFlag(execArgv));
  } catch (error) {
    if (read(error, 'code') !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
    const message = String(read(error, 'message'));
    return make(withFlag(execArgv.filter((each) => message.indexOf(String(each)) < 0)));
  }
}

function follow(worker: object, control: MessagePort): void {
  const name = Object.getOwnPropertySymbols(worker).find(({ description }) => description === 'kPublicPort');
  const port: unknown = name && Reflect.get(worker, name);
  if (!isObject(port)) {
    control.close();
    return;
  }
  const link = linkOver(port, control);
  const take = (message: unknown): void => {
    if (!receiveEnded(message)) takeNote(link, message);
  };
  link.read = () => {
    for (let found = threads.receiveMessageOnPort(control); found !== undefined; found = threads.receiveMessageOnPort(control))
      take(found.message);
  };
  control.on('message', take);
  control.unref();
  live.add(link.read);
  control.on('close', () => live.delete(link.read));
}

const live = new Set<() => void>();

/** What threads have told by now, for a process that ends. */
export function readThreads(): void {
  for (const each of Array.from(live)) each();
}
