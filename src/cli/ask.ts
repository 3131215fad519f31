import { createInterface } from 'node:readline';

const CHOICES = 'y = yes, s = show every line first, n = no';

/** Where a question is read and written. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks until a line says yes or no; in between `show` prints every line. Nothing but a typed yes is one: not Enter, not the end of the input, not Ctrl-C. */
export async function ask(
  question: string,
  show: () => void,
  terminal: Terminal = { input: process.stdin, output: process.stdout },
): Promise<boolean> {
  const lines = createInterface(terminal);
  lines.setPrompt(`${question}\n${CHOICES} [n]: `);
  lines.once('SIGINT', () => lines.close());
  lines.prompt();
  try {
    for await (const line of lines) {
      const answer = readAnswer(line);
      if (answer === 'yes' || answer === 'no') return answer === 'yes';
      if (answer === 'show') show();
      lines.prompt();
    }
    terminal.output.write('\n');
    return false;
  } finally {
    lines.close();
  }
}

function readAnswer(line: string): 'yes' | 'show' | 'no' | undefined {
  const word = line.trim().toLowerCase();
  if (word === 'y' || word === 'yes') return 'yes';
  if (word === 's' || word === 'show') return 'show';
  return word === '' || word === 'n' || word === 'no' ? 'no' : undefined;
}
