import { dirname } from 'path';
import { read } from '../frameworks/reader';

/** Pools whose threads and processes run functions of the program. */
const POOLS = /[\\/]node_modules[\\/](?:piscina|tinypool|workerpool|jest-worker)[\\/]/;

/** Whether a thread or process with this first file is one of the program's own. Of code without a file, whoever starts it is asked. */
export function isOfProgram(file: unknown, options?: unknown): boolean {
  const text = String(file);
  if (read(options, 'eval') || /^data:/.test(text)) return isOwn(callerFile());
  return isOwn(text);
}

function isOwn(file: string): boolean {
  const at = Math.max(file.lastIndexOf('/node_modules/'), file.lastIndexOf('\\node_modules\\'));
  return at < 0 || POOLS.test(file.slice(at));
}

const OURS = dirname(__dirname);

/** The first file on the stack that is neither ours nor Node's; whatever the program does with its own stack traces. */
function callerFile(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 20;
    Error.prepareStackTrace = (_error, sites) => sites;
    const { stack }: { stack?: unknown } = new Error('');
    const sites = Array.isArray(stack) ? (stack as NodeJS.CallSite[]) : [];
    const files = sites.map((site) => String(site.getFileName()));
    return files.find((name) => name.indexOf(OURS) < 0 && /[\\/]/.test(name) && !/^node:|^internal\//.test(name)) || '';
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
