import { html, type Markup } from '../../report/markup.ts';
import type { HunkRow } from '../works/review-plan.ts';

const words = { change: 'changed', create: 'new', delete: 'deleted' } as const;

/** Added and removed lines are marked by their sign, for those who see no colours. */
export function renderLine(line: string): Markup {
  const text = line.replace(/\r$/, '');
  if (line.startsWith('+')) return html`<ins>${text}\n</ins>`;
  if (line.startsWith('-')) return html`<del>${text}\n</del>`;
  return html`${text}\n`;
}

function renderHunk({ file, header, lines, bytes, why }: HunkRow): Markup {
  const reasons = why.length > 0 ? html`<ul class="why">${why.map((reason) => html`<li>${reason}</li>`)}</ul>` : '';
  const text =
    lines === undefined
      ? html`<p class="quiet">${bytes === undefined ? 'No lines of text.' : `${bytes} bytes, no text.`}</p>`
      : html`<pre class="diff" tabindex="0" aria-label="${`${header ?? ''} of ${file}`}">${lines.split('\n').map(renderLine)}</pre>`;
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
