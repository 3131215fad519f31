import { TracewrightError } from '../../contract/index.ts';

const ANSWERS = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENXIO', 'ENODEV']);

/** Lets a read fail as "not there" only when the file system says so; a machine out of file handles must not look like an empty repository. */
export function orNotThere<T>(read: () => T, file: string): T | undefined {
  try {
    return read();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (ANSWERS.has(code)) return undefined;
    throw new TracewrightError('TW1074', `${file} (${code || String(cause)})`, { cause });
  }
}
