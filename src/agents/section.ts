import { lineEndingOf, withLineEnding } from '../engine/plan/line-ending.ts';
import { lineIn } from './json-merge.ts';
import { cannotMerge } from './refuse.ts';

const START = '<!-- tracewright:start -->';
const END = '<!-- tracewright:end -->';

/** A Markdown text with our section: between its markers when they are there, else at the end. Only what is between them is ours. */
export function setSection(file: string, text: string | undefined, body: string): string {
  const section = `${START}\n<!-- Written by \`tracewright agent-init\`, which replaces everything between these markers. -->\n${body.trimEnd()}\n${END}`;
  if (text === undefined || text.trim() === '') return `${section}\n`;
  const own = withLineEnding(section, lineEndingOf(text));
  const place = find(file, text);
  if (place !== undefined) return text.slice(0, place.start) + own + text.slice(place.end);
  const eol = lineEndingOf(text);
  return `${text}${text.endsWith('\n') ? eol : eol + eol}${own}${eol}`;
}

/** The text without our section and the blank line before it; undefined when nothing else is in it. */
export function removeSection(file: string, text: string): string | undefined {
  const place = find(file, text);
  if (place === undefined) return text;
  const before = text.slice(0, place.start).replace(/(\r?\n)\r?\n$/, '$1');
  const rest = before + text.slice(place.end).replace(/^\r?\n/, '');
  return rest.trim() === '' ? undefined : rest;
}

function find(file: string, text: string): { readonly start: number; readonly end: number } | undefined {
  const starts = placesOf(text, START);
  const ends = placesOf(text, END);
  const [start, end] = [starts[0], ends[0]];
  if (start === undefined && end === undefined) return undefined;
  if (starts.length !== 1 || ends.length !== 1 || start === undefined || end === undefined || end < start)
    throw cannotMerge(
      file,
      lineIn(text, Math.min(start ?? end ?? 0, end ?? start ?? 0)),
      `has markers that do not fit: one ${START}, then one ${END}`,
    );
  return { start, end: end + END.length };
}

function placesOf(text: string, marker: string): readonly number[] {
  return [...text.matchAll(new RegExp(`^${marker}(?=\\r?$)`, 'gm'))].map(({ index }) => index);
}
