import { createInterface } from 'node:readline/promises';
import { type NewService, TracewrightError } from '../../contract/index.ts';
import { nameFor, plainName } from '../../scaffold/check-answers.ts';
import { lineFor } from '../../scaffold/node-lines.ts';
import { listTemplates, readTemplate } from '../../scaffold/read-templates.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';

/** What is begun, and where. */
export interface Answers {
  readonly folder: string;
  readonly service: NewService;
}

/** The answers that the words give; on a terminal the missing ones are asked for. Undefined when somebody would not say. */
export async function readAnswers(invocation: Invocation, output: Output): Promise<Answers | undefined> {
  const { argument: template, others } = invocation;
  if (template !== undefined) readTemplate(template);
  const asks = output.interactive && !invocation.flag('yes');
  if (template === undefined && !asks) throw templateMissing();
  const given = { template, folder: others[0], name: invocation.text('name'), node: invocation.text('node') };
  const answers = asks ? await askFor(given, output) : given;
  if (answers?.template === undefined) return undefined;
  const [folder, name] = placeAndName(
    answers.folder ?? (answers.name === undefined ? answers.template : plainName(answers.name)),
    answers.name,
  );
  return { folder, service: { template: answers.template, name, node: answers.node ?? lineFor(process.versions.node) } };
}

interface Given {
  readonly template: string | undefined;
  readonly folder: string | undefined;
  readonly name: string | undefined;
  readonly node: string | undefined;
}

/** `@acme/orders` is the package of that name in the folder `orders`. */
function placeAndName(folder: string, name: string | undefined): readonly [folder: string, name: string] {
  const isScoped = /^@[^/\\]+\/[^/\\]+$/.test(folder);
  return [isScoped ? plainName(folder) : folder, name ?? (isScoped ? folder : nameFor(folder))];
}

function templateMissing(): TracewrightError {
  const ids = listTemplates().map(({ id }) => id);
  return new TracewrightError('TW1072', `a template is missing; there are ${ids.join(', ')}`, {
    next: `Name one: \`tracewright new ${ids[0]} my-service --yes\`. \`tracewright new --list\` says what each is.`,
  });
}

async function askFor(given: Given, output: Output): Promise<Given | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  const ask = async (question: string, usual: string): Promise<string | undefined> => {
    const answer = await Promise.race([lines.question(`${output.colors.bold(question)} [${usual}]: `), gone]);
    return answer === undefined ? undefined : answer.trim() || usual;
  };
  try {
    const template = given.template ?? (await askTemplate(ask, output));
    const folder = template && (given.folder ?? (await ask('Folder', given.name === undefined ? template : plainName(given.name))));
    const [, usual] = folder === undefined ? [] : placeAndName(folder, given.name);
    const name = usual && (given.name ?? (await ask('Name', usual)));
    const node = name && (given.node ?? (await ask('Line of Node.js', lineFor(process.versions.node))));
    return node === undefined ? undefined : { template, folder, name, node };
  } finally {
    lines.close();
  }
}

/** Asks until a template is named, by its id or its number. */
async function askTemplate(
  ask: (question: string, usual: string) => Promise<string | undefined>,
  output: Output,
): Promise<string | undefined> {
  const templates = listTemplates();
  output.print(templates.map(({ id, title }, index) => `  ${String(index + 1).padStart(2)}  ${id}: ${title}`).join('\n'));
  for (;;) {
    const answer = await ask('Template', templates[0]?.id ?? '');
    if (answer === undefined) return undefined;
    const named = templates.find(({ id }, index) => id === answer || String(index + 1) === answer);
    if (named !== undefined) return named.id;
    output.print(`There is no template ${answer}.`);
  }
}
