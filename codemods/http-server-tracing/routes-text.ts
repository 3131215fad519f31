import { type CallExpression, type Node, quoted, type Source, staticString, styleOf } from '../../src/ast/index.ts';
import type { Splice } from '../../src/contract/index.ts';
import { reasons } from './reasons.ts';

const longLine = 120;

/** `, [...]` behind a handler, one route a line when they do not fit into one; `wrapper` stands on the same line already. */
export function routesText(source: Source, { end }: Node, templates: readonly string[], wrapper = ''): string {
  if (templates.length === 0) return '';
  const style = styleOf(source);
  const names = templates.map((each) => quoted(style, each));
  const line = source.text.slice(source.text.lastIndexOf('\n', end - 1) + 1, end);
  const inline = `, [${names.join(', ')}]`;
  if (line.length - wrapper.length + inline.length <= longLine) return inline;
  const [indent = ''] = /^[\t ]*/.exec(line) ?? [];
  return `, [${style.eol}${names.map((each) => `${indent}${style.indent}${each},${style.eol}`).join('')}${indent}]`;
}

/** What earlier versions wrote, `traceHttp(handler, { routes: [...] })`, as it is written today. */
export function upgradeCall(source: Source, call: CallExpression): Splice | undefined {
  const [handler, options] = call.arguments;
  if (handler === undefined || options?.type !== 'ObjectExpression' || call.arguments.length !== 2) return undefined;
  const [property] = options.properties;
  if (options.properties.length !== 1 || property?.type !== 'Property' || property.value.type !== 'ArrayExpression') return undefined;
  if (property.computed || property.key.type !== 'Identifier' || property.key.name !== 'routes') return undefined;
  const templates = property.value.elements.map((element) => (element === null ? undefined : staticString(element)));
  const isWritten = source.text.startsWith(', {', handler.end) && source.text.startsWith('})', options.end - 1);
  if (!isWritten || templates.includes(undefined)) {
    const { start, end } = property.value;
    return splice(source, options.start, options.end, source.text.slice(start, end));
  }
  const isOnItsLine = call.start > source.text.lastIndexOf('\n', handler.end - 1);
  const wrapper = isOnItsLine ? source.text.slice(call.start, handler.start) : '';
  const text = routesText(source, handler, templates.filter(isText), wrapper);
  return splice(source, handler.end, options.end, text);
}

function splice(source: Source, start: number, end: number, text: string): Splice {
  return { kind: 'splice', file: source.file, start, end, text, why: reasons.list };
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
