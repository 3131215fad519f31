import type { ErrorCode } from '../../contract/index.ts';

/** Who writes. Each may write its own files in `.tracewright/` and nothing else there. */
export type Writer = 'change' | 'engine' | 'golden' | 'schema' | 'report' | 'cache' | 'tasks';

/** Names below `.tracewright/` by their writer. `change` is what a plan, a receipt, a journal or agent-init names: files of the repository, and the golden traces that a new service begins with. */
const own: Readonly<Record<Writer, RegExp>> = {
  change: /^golden(?:\/[\w.-]+\.json)?$/,
  engine: /^(?:(?:receipt|agents|journal|dismissed)\.json|journal\.json\.new|stage(?:\/\w+)?|lock(?:\.(?:stale\.)?\d+)?)$/,
  golden: /^golden\/.+\.json$/,
  schema: /^tracewright\.schema\.json$/,
  report: /^(?:report\.html|\.gitignore)$/,
  cache: /^cache(?:\/[^/]+)?$/,
  tasks: /^tasks(?:\/.+)?$/,
};

const HOME = '.tracewright';

/** Also as Windows shortens them: the first of a folder's names that are too long for it ends in ~1. */
const RESERVED = [/^(?:\.git|git~\d+)$/, /^(?:node_modules|node_m~\d+)$/, /^(?:\.tracewright|tracew~\d+)$/];

/** Characters that some file systems leave out of a name. */
const IGNORED = /\u00ad|\u034f|\ufeff|[\u200b-\u200f\u202a-\u202e]|[\u2060-\u2064\u206a-\u206f]|[\ufe00-\ufe0f]/g;

/** The one rule of what may be written: the code of what is wrong with a path, undefined when nothing is. What lies on the disk, `placeOf` asks. */
export function pathFault(file: string, writer: Writer = 'change'): Extract<ErrorCode, 'TW2007' | 'TW2026'> | undefined {
  if (!isPlainPath(file)) return 'TW2007';
  const mayBeOurs = file.startsWith(`${HOME}/`) && own[writer].test(file.slice(HOME.length + 1));
  const parts = file.split('/').slice(mayBeOurs ? 1 : 0);
  return parts.some(isReserved) || (writer !== 'change' && !mayBeOurs) ? 'TW2026' : undefined;
}

/** Whether some file system takes a name for that of a folder which only git, the package manager or we ourselves write. */
export function isReserved(name: string): boolean {
  const plain = name
    .normalize('NFKC')
    .replace(IGNORED, '')
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '')
    .toLowerCase();
  return RESERVED.some((reserved) => reserved.test(plain));
}

/** Whether a path goes down only: relative, without `..`, with no character that another system reads differently. */
export function isPlainPath(file: string): boolean {
  return !/[\\\0]|^[a-z]:/i.test(file) && file.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
