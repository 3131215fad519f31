import { html, type Markup, verbatim } from '../../report/markup.ts';
import type { HunkRow } from '../works/review-plan.ts';

const words = { change: 'changed', create: 'new', delete: 'deleted' } as const;

const tags = { '+': 'ins', '-': 'del', '~': 'mark', ' ': 'span' } as const;

/** One line behind its sign, which tells what it is to those who see no colours. */
function renderLine(sign: keyof typeof tags, text: string): Markup {
  const tag = tags[sign];
  return html`<${verbatim(tag)} class="line"><b>${sign}</b>${text}\n</${verbatim(tag)}>`;
}

function isSign(text: string): text is keyof typeof tags {
  return Object.hasOwn(tags, text);
}

/** A line of a diff: its sign stands in the first column. */
function renderDiffLine(line: string): Markup {
  const [sign = ''] = line;
  const text = line.replace(/\r$/, '');
  return isSign(sign) ? renderLine(sign, text.slice(1)) : renderLine(' ', text);
}

/** A line of a span tree: its sign stands behind the indentation. */
export function renderTreeLine(line: string): Markup {
  const [, indent = '', sign = '', text = ''] = /^( *)([-+~]) (.*)$/.exec(line) ?? [];
  return isSign(sign) ? renderLine(sign, `${indent}${text}`) : renderLine(' ', line);
}

function renderHunk({ file, header, lines, bytes, why }: HunkRow): Markup {
  const reasons = why.length > 0 ? html`<ul class="why">${why.map((reason) => html`<li>${reason}</li>`)}</ul>` : '';
  const text =
    lines === undefined
      ? html`<p class="quiet">${bytes === undefined ? 'No lines of text.' : `${bytes} bytes, no text.`}</p>`
      : html`<pre class="diff" tabindex="0" aria-label="${`${header ?? ''} of ${file}`}">${lines.split('\n').map(renderDiffLine)}</pre>`;
  return html`${reasons}${text}`;
}

/** Hunks below the file they change. */
export function renderDiff(hunks: readonly HunkRow[]): Markup {
  const files = [...new Set(hunks.map(({ file }) => file))];
  return html`${files.map((file) => {
    const own = hunks.filter((hunk) => hunk.file === file);
    const kind = own[0]?.kind ?? 'change';
    return html`<article class="file"><h3><code>${file}</code> <span class="badge">${words[kind]}</span></h3>${own.map(renderHunk)}</article>`;
  })}`;
}
