import type { Files } from './plan-fixture.ts';

/** Another way to write the same repository. */
export interface Variant {
  readonly name: string;
  /** Rewrites one file's text; `original` is the text the fixture has before. */
  rewrite(file: string, text: string, original: string): string;
}

const SOURCE = /\.[cm]?[jt]sx?$/;

function isSourceLike(file: string, text: string): boolean {
  return SOURCE.test(file) || /^#!.*node/.test(text);
}

/** Line endings, BOM, indentation and the end of the file: none of them may change what is planned. */
export const variants: readonly Variant[] = [
  {
    name: 'CRLF',
    rewrite: (_file, text, original) => (original.includes('\r\n') ? text : text.replaceAll('\n', '\r\n')),
  },
  {
    name: 'BOM',
    rewrite: (file, text, original) =>
      (SOURCE.test(file) || file.endsWith('package.json')) && !/^(?:\uFEFF|#!)/.test(original) ? `\uFEFF${text}` : text,
  },
  {
    name: 'tabs',
    rewrite: (file, text, original) => (isSourceLike(file, original) || file.endsWith('package.json') ? withTabs(text, original) : text),
  },
  {
    name: 'no final newline',
    rewrite: (file, text, original) =>
      isSourceLike(file, original) || file.endsWith('package.json') ? text.replace(/(?:\r?\n)+$/, '') : text,
  },
];

/** Rewrites every file that is in `before`; new files stay as they are. */
export function rewriteAll(variant: Variant, files: Files, before: Files): Files {
  const rewritten = Object.entries(files).map(([file, bytes]): [string, Buffer] => {
    const original = before[file];
    if (original === undefined || !isText(original) || !isText(bytes)) return [file, bytes];
    return [file, Buffer.from(variant.rewrite(file, bytes.toString('utf8'), original.toString('utf8')), 'utf8')];
  });
  return Object.fromEntries(rewritten);
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes) && !bytes.includes(0);
}

/** Replaces each unit of leading spaces by a tab; the unit is the smallest indentation of the original. */
function withTabs(text: string, original: string): string {
  const widths = [...original.matchAll(/^( +)\S/gm)].map((match) => match[1]?.length ?? 0).filter((width) => width > 1);
  const unit = widths.length === 0 ? 0 : Math.min(...widths);
  if (unit === 0 || /^\t/m.test(original)) return text;
  return text.replace(/^ +/gm, (spaces) => '\t'.repeat(Math.floor(spaces.length / unit)) + ' '.repeat(spaces.length % unit));
}
