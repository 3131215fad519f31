/** Text that is already HTML. Only `html` makes it, so what programs sent can never pass as markup. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | undefined | Markup | readonly Content[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters, and those that turn the direction of text, could make one name look like another; these are harmless. */
const harmless = new Set(['\t', '\n', '\r', '\u200c', '\u200d', '\u00ad']);

function showUnseen(character: string): string {
  if (harmless.has(character)) return character;
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** Data as HTML text, in content and in quoted attributes alike. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '').replace(/[\p{Cc}\p{Cf}]/gu, showUnseen);
}

function toText(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(toText).join('');
  return escapeText(String(content));
}

/** A piece of the page; every value in it is escaped unless it is a piece itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + toText(values[index])).join(''));
}

/** Own text, such as the style sheet, that must stay as it is. Never for data. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}
