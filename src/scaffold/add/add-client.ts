import type { Edit, Task } from '../../contract/index.ts';
import { type Addition, at, camel, type Facts, firstOf, upper } from './facts.ts';
import { giveVariable, startedServices } from './setup-file.ts';

/** A function that asks another service, and the setting that says where that is. */
export function addClient(facts: Facts, name: string): Addition {
  const file = at(facts, `${facts.sources}${name}.${facts.extension}`);
  if (facts.repo.read(file) !== undefined)
    return { edits: [], tasks: [{ file, line: 1, why: `${file} is there already`, next: 'Give the client another name.' }] };
  const key = `${camel(name)}Url`;
  const variable = `${upper(name)}_URL`;
  const config = configEdits(facts, key, variable);
  const other = startedServices(facts).find((one) => one === name || one.endsWith(`-${name}`));
  const given =
    other === undefined ? undefined : giveVariable(facts, variable, `\${services.${other}.url}`, `Says to ${variable} where ${other} is.`);
  const tasks: Task[] = [
    ...(config.length === 0
      ? [
          {
            file,
            line: 1,
            why: `No settings in the form of a template were found`,
            next: `Pass ${variable} of the environment to ask${camel(name, 'upper')}.`,
          },
        ]
      : []),
    ...(given === undefined
      ? [
          {
            file: 'tracewright.yaml',
            line: 1,
            why: `No program called ${name} is started`,
            next: `Start it there, and give this service ${variable}: \${services.${name}.url}.`,
          },
        ]
      : []),
    {
      file,
      line: 1,
      why: `Nothing calls ask${camel(name, 'upper')} yet`,
      next: `Call it where its answer is wanted, with a path of ${name}; then \`tracewright record\` shows one trace through both.`,
    },
  ];
  const create: Edit = { kind: 'create', file, text: clientText(facts, name), why: `Asks ${name}; the call carries the trace.` };
  return { edits: [create, ...config, ...(given === undefined ? [] : [given])], tasks };
}

function clientText({ extension, isModule }: Facts, name: string): string {
  const called = `ask${camel(name, 'upper')}`;
  const typed = extension === 'ts';
  const head = typed ? `${called}(url: string, path: string): Promise<unknown>` : `${called}(url, path)`;
  const begin = isModule ? 'export async function' : 'async function';
  const end = isModule ? '' : `\nmodule.exports = { ${called} };\n`;
  return `/** What the ${name} service answers to a path. */
${begin} ${head} {
  const reply = await fetch(new URL(path, url), { signal: AbortSignal.timeout(5_000) });
  if (!reply.ok) throw new Error(\`the ${name} service answered \${reply.status}\`);
  return reply.json();
}
${end}`;
}

/** The setting beside the one for the stock service, in the three places it stands in. */
export function configEdits(
  facts: Facts,
  key: string,
  variable: string,
  usual = 'http://127.0.0.1:3002',
  what = 'a service that is asked',
): readonly Edit[] {
  const file = firstOf(facts, ['src/config.ts', 'src/config.js']);
  const text = file === undefined ? undefined : facts.repo.read(file);
  if (file === undefined || text === undefined || text.includes(variable)) return [];
  const read =
    lastLine(text, /^ {4}\w+: urlOf\('\w+', env\['?\w+'?\] \?\? '.*', faults\),\n/gm) ??
    lastLine(text, /^ {4}\w+: urlOf\('\w+', env\.\w+ \?\? '.*', faults\),\n/gm);
  const named = lastLine(text, /^ {2}readonly \w+Url: string;\n/gm);
  if (read === undefined || (named === undefined && facts.extension === 'ts')) return [];
  const from = facts.extension === 'ts' ? `env['${variable}']` : `env.${variable}`;
  const why = `Reads ${variable}, where ${what} is.`;
  const insert = (start: number, line: string): Edit => ({ kind: 'splice', file, start, end: start, text: line, why });
  const edits = [insert(read, `    ${key}: urlOf('${variable}', ${from} ?? '${usual}', faults),\n`)];
  if (named !== undefined) edits.unshift(insert(named, `  readonly ${key}: string;\n`));
  return [...edits, ...exampleEdit(facts, `${variable}=${usual}`)];
}

function exampleEdit(facts: Facts, line: string): readonly Edit[] {
  const file = firstOf(facts, ['.env.example']);
  const text = file === undefined ? undefined : facts.repo.read(file);
  const place = text === undefined ? undefined : lastLine(text, /^[A-Z_]+_URL=.*\n/gm);
  if (file === undefined || place === undefined) return [];
  return [{ kind: 'splice', file, start: place, end: place, text: `${line}\n`, why: 'Lists the setting, for `npm run dev`.' }];
}

/** Where the last match ends. */
function lastLine(text: string, pattern: RegExp): number | undefined {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? undefined : last.index + last[0].length;
}
