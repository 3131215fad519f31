import { keyName, type Node, nodesOf, type ObjectExpression, type Source, sourceOf, staticString, unwrap } from '../../ast/index.ts';
import type { FlagSlot } from '../../contract/index.ts';
import { baseName, dirOf, joinPath, upwards } from '../read/paths.ts';
import { lineAt } from '../read/reading.ts';
import type { Word } from '../read/words.ts';
import { entryFile } from './entry-file.ts';
import { type FoundLaunch, type Start, toLaunches, trailOf } from './launch.ts';
import { runners } from './programs.ts';
import { type End, endAtFile, ending, hostPlace, preloadsIn, type Surroundings, type Trail } from './trail.ts';

/** PM2 configurations, read without running them. A JSON file is read as an expression. */
export function pm2Launches(around: Surroundings): FoundLaunch[] {
  const { reading } = around;
  const files = reading.repo.files.filter(
    (file) => /^(ecosystem|pm2|process|processes)([.-][\w.-]+)?\.(json|[cm]?js|ts)$/.test(baseName(file)) && !/node_modules\//.test(file),
  );
  return files.flatMap((file) => {
    const text = reading.repo.read(file);
    if (text === undefined || !/\bscript\b|\bapps\b/.test(text)) return [];
    // The shim in front makes an expression of a JSON file; offsets are shifted back below.
    const shim = file.endsWith('.json') ? '(' : '';
    const source = sourceOf(shim === '' ? file : `${file}.js`, shim === '' ? text : `${shim}${text.replace(/^\uFEFF/, ' ')})`);
    if (!source) {
      reading.report('TW1012', `${file}: it does not parse`, { file, line: 1 });
      return [];
    }
    const apps = appsOf(source);
    if (apps.length === 0 && /\bapps\b/.test(text)) reading.report('TW1012', file, { file, line: 1 });
    return apps.flatMap((app) => launchApp({ file, text, shift: shim.length }, app, around));
  });
}

/** Object literals that name a script. */
function appsOf(source: Source): ObjectExpression[] {
  return nodesOf(source)
    .filter((each) => each.type === 'ObjectExpression')
    .filter((each) => settingOf(each, 'script') !== undefined);
}

function settingOf(object: ObjectExpression, ...names: readonly string[]): Node | undefined {
  for (const property of object.properties) {
    if (property.type === 'Property' && names.includes(keyName(property) ?? '')) return unwrap(property.value);
  }
  return undefined;
}

interface Config {
  readonly file: string;
  readonly text: string;
  readonly shift: number;
}

function launchApp(config: Config, app: ObjectExpression, around: Surroundings): FoundLaunch[] {
  const { file, text, shift } = config;
  const script = settingOf(app, 'script');
  const written = script && staticString(script);
  const evidence = { file, line: lineAt(text, app.start - shift) };
  if (script === undefined || written === undefined) {
    around.reading.report('TW1012', `${file}: \`script\` is computed`, evidence);
    return [];
  }
  const cwd = folderFor(written, staticString(settingOf(app, 'cwd')) ?? '', file, around);
  const start: Start = {
    kind: 'pm2',
    name: staticString(settingOf(app, 'name')) ?? baseName(written),
    command: written,
    cwd,
    place: hostPlace(cwd),
    purpose: 'production',
    evidence,
  };
  const trail = { ...trailOf(start), preloads: preloadsIn(nodeArguments(app)), watches: false };
  return toLaunches(start, followApp(config, app, written, trail, around));
}

/** PM2 reads paths from where it is called, which is mostly the folder of the configuration, or a package's around it. */
function folderFor(script: string, stated: string, file: string, { reading, manifests }: Surroundings): string {
  const around = upwards(dirOf(file)).map((dir) => (stated.startsWith('/') ? dir : joinPath(dir, stated)));
  return (
    around.find((dir) => entryFile(reading, manifests, joinPath(dir, script)) !== undefined) ??
    around.find((dir) => reading.has(joinPath(dir, 'package.json'))) ??
    dirOf(file)
  );
}

function followApp(config: Config, app: ObjectExpression, written: string, trail: Trail, around: Surroundings): End[] {
  const word = (value: string): Word => ({ value, dynamic: false, file: config.file, start: -1, end: -1, form: 'shell' });
  const args = staticString(settingOf(app, 'args'))?.split(/\s+/) ?? [];
  const interpreter = staticString(settingOf(app, 'interpreter', 'exec_interpreter'));
  if (interpreter !== undefined && /^(none|bash|sh)$/.test(interpreter))
    return around.followWords([...(interpreter === 'none' ? [] : [word(interpreter)]), word(written), ...args.map(word)], trail);
  if (isProgram(written) || /\.sh$/.test(written) || /\s/.test(written))
    return around.followWords([...written.split(/\s+/), ...args].map(word), trail);
  const slot = slotOf(config, app);
  const end = endAtFile(word(written), { ...ending(trail), runner: interpreter ?? 'node', ...(slot && { slot }) }, trail, around);
  return [end];
}

/** PM2 looks for what is no path among the commands: `script: 'npm'`, `script: 'ts-node'`. */
function isProgram(written: string): boolean {
  const name = baseName(written);
  return /^(npm|yarn|pnpm|bun|npx)$/.test(written) || ((name === written || /node_modules\/\.bin\//.test(written)) && name in runners);
}

function nodeArguments(app: ObjectExpression): string[] {
  const value = settingOf(app, 'node_args', 'interpreter_args', 'nodeArgs', 'interpreterArgs', 'node-args');
  if (value?.type === 'ArrayExpression') return value.elements.flatMap((each) => (each ? (staticString(each)?.split(/\s+/) ?? []) : []));
  return staticString(value)?.split(/\s+/) ?? [];
}

/** Existing node_args, or a new property before `script`. Cluster mode ignores both, so it has no slot. */
function slotOf(config: Config, app: ObjectExpression): FlagSlot | undefined {
  const { file, text, shift } = config;
  const mode = staticString(settingOf(app, 'exec_mode', 'execMode'));
  const instances = settingOf(app, 'instances');
  const isCluster =
    mode === undefined
      ? instances !== undefined && text.slice(instances.start - shift, instances.end - shift) !== '1'
      : /^cluster/.test(mode);
  if (isCluster) return undefined;
  const existing = settingOf(app, 'node_args', 'interpreter_args', 'nodeArgs', 'interpreterArgs', 'node-args');
  if (existing) return existingSlot(config, existing);
  const property = app.properties.find((each) => each.type === 'Property' && keyName(each) === 'script');
  if (!property) return undefined;
  const offset = property.start - shift;
  const quote = file.endsWith('.json') || text[offset] === '"' ? '"' : "'";
  const key = quote === '"' ? '"node_args"' : 'node_args';
  const lead = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const separator = lead.trim() === '' ? `,\n${lead}` : ', ';
  return { file, offset, form: 'shell', position: 'before', around: [`${key}: ${quote}`, `${quote}${separator}`] };
}

function existingSlot({ file, text, shift }: Config, existing: Node): FlagSlot | undefined {
  const start = existing.start - shift;
  if (staticString(existing) !== undefined) return { file, offset: start + 1, form: 'shell', position: 'before' };
  const [first] = existing.type === 'ArrayExpression' ? existing.elements : [];
  if (!first) return undefined;
  const quote = text[first.start - shift] ?? "'";
  return { file, offset: first.start - shift, form: 'json', position: 'before', around: [quote, quote] };
}
