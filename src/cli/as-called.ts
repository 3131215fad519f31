import { commands } from './commands.ts';

const ours = new RegExp(`(?<![\\w@./-]|npx )tracewright (?=(?:${commands.map(({ name }) => name).join('|')})\\b|--help|<command>)`, 'g');

/** A command of ours, or a sentence that names one, as it can be typed here: whoever runs a clone has no program `tracewright`. */
export function asCalled(text: string, program: string): string {
  // Not replaceAll: Node.js 14 is told by this that it is too old.
  return text.replace(ours, () => `${program} `);
}
