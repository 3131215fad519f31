import { quoteWord } from '../install/quote-word.ts';
import { commands } from './commands.ts';

const ours = new RegExp(`(?<![\\w@./-]|npx )tracewright (?=(?:${commands.map(({ name }) => name).join('|')})\\b|--help|<command>)`, 'g');

const withoutFolder = /(?<=tracewright (?:apply|plan|record|undo|verify))(?= --|`)/g;

/**
 * A command of ours, or a sentence that names one, as it can be typed here: whoever runs a clone has no program `tracewright`. One that names no
 * folder gets that of the command that says it.
 */
export function asCalled(text: string, program: string, folder = '.'): string {
  const placed = folder === '.' ? text : text.replace(withoutFolder, () => ` ${quoteWord(folder)}`);
  // Not replaceAll: Node.js 14 is told by this that it is too old.
  return placed.replace(ours, () => `${program} `);
}
