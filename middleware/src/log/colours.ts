/** Terminals are given colours. */
export function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.indexOf('\u001b[') < 0 ? text : text.replace(/\u001b\[[0-9;]*m/g, '');
}
