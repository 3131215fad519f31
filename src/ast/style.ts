import { extensionOf } from './language.ts';
import { type Node, nodesOf, type Source } from './node.ts';

/** How a file is written, measured on the file itself. */
export interface Style {
  /** One level: a tab or some spaces. */
  readonly indent: string;
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  readonly eol: '\n' | '\r\n';
  /** True when the file ends with a line break. */
  readonly finalNewline: boolean;
  /** Word for a new variable: `var` in files of that time. */
  readonly declare: 'const' | 'var';
}

const styles = new WeakMap<Source, Style>();

export function styleOf(source: Source): Style {
  let style = styles.get(source);
  if (style === undefined) {
    style = measure(source);
    styles.set(source, style);
  }
  return style;
}

function measure(source: Source): Style {
  const { text } = source;
  return {
    indent: indentOf(text),
    quote: quoteOf(source),
    semicolons: usesSemicolons(source),
    eol: lineBreakOf(text),
    finalNewline: /[\r\n]$/.test(text),
    declare: declareOf(source),
  };
}

function lineBreakOf(text: string): '\n' | '\r\n' {
  const windows = text.split('\r\n').length - 1;
  return windows * 2 > text.split('\n').length - 1 ? '\r\n' : '\n';
}

function indentOf(text: string): string {
  const counts = new Map<string, number>();
  let previous = 0;
  for (const line of text.split(/\r?\n/)) {
    const [white = ''] = /^[\t ]*/.exec(line) ?? [];
    if (white.length === line.length || /^\s*\*/.test(line)) continue;
    const step = white.length - previous;
    previous = white.length;
    if (step <= 0 || step > 8) continue;
    const key = white.includes('\t') ? '\t' : ' '.repeat(step);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([a, n], [b, m]) => m - n || a.length - b.length);
  return best?.[0] ?? '  ';
}

function quoteOf(source: Source): "'" | '"' {
  let single = 0;
  let double = 0;
  for (const node of nodesOf(source)) {
    if (node.type !== 'Literal' || typeof node.value !== 'string') continue;
    const first = source.text[node.start];
    if (first === "'") single++;
    else if (first === '"') double++;
  }
  return double > single ? '"' : "'";
}

const ended = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'ImportDeclaration',
  'ExportAllDeclaration',
  'TSImportEqualsDeclaration',
]);

function usesSemicolons(source: Source): boolean {
  let withMark = 0;
  let without = 0;
  for (const node of nodesOf(source)) {
    if (!ended.has(node.type)) continue;
    if (source.text[node.end - 1] === ';') withMark++;
    else if (/^[\t ]*(\/\/.*)?(\r?\n|$)/.test(source.text.slice(node.end, node.end + 200))) without++;
  }
  return withMark >= without;
}

function declareOf(source: Source): 'const' | 'var' {
  if (/^[cm]?ts|tsx|mjs$/.test(extensionOf(source.file))) return 'const';
  const declarations = nodesOf(source).filter((node) => node.type === 'VariableDeclaration');
  return declarations.length > 0 && declarations.every(isVar) ? 'var' : 'const';
}

function isVar(node: Node): boolean {
  return node.type === 'VariableDeclaration' && node.kind === 'var';
}

/** A string literal in the file's quotes. */
export function quoted(style: Style, value: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll(style.quote, `\\${style.quote}`);
  return style.quote + escaped + style.quote;
}

/** `;` or nothing. */
export function semicolon(style: Style): string {
  return style.semicolons ? ';' : '';
}
