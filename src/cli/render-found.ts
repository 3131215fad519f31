import type { Codemod, Evidence, Launch, Package, Service, Survey } from '../contract/index.ts';
import { type Cell, columns, count } from './layout.ts';
import type { Output } from './output.ts';

const LAUNCHES_SHOWN = 5;

/** What was found: each service, how it starts, its Node.js and the libraries our codemods know, with the evidence. */
export function renderFound(survey: Survey, codemods: readonly Codemod[], { colors, width }: Output): string {
  const known = new Set(codemods.flatMap(({ meta }) => Object.keys(meta.targets)));
  const blocks = survey.services.map((service) => {
    const home = survey.packages.find(({ dir }) => dir === service.package);
    const folder = service.package === '' ? '' : `  ${service.package}/`;
    const rows = [...startRows(service, home), ...nodeRow(home), ...usesRow(service, home, known), ...tracedRows(survey, service.package)];
    const cells = rows.map(([label, text, where]): Cell[] => [
      { text: label, paint: colors.dim },
      { text },
      { text: where, paint: colors.dim },
    ]);
    return `  ${colors.bold(service.name)}${colors.dim(folder)}\n${columns(cells, '    ', width)}`;
  });
  const title = colors.bold(`Found ${count(survey.services.length, 'service')}`);
  return [title, ...blocks].join('\n');
}

type Row = readonly [label: string, text: string, where: string];

function startRows(service: Service, home: Package | undefined): readonly Row[] {
  const launches = [...service.launches].sort((a, b) => rank(a) - rank(b));
  const shown = launches.slice(0, LAUNCHES_SHOWN).map((launch, at): Row => {
    const target = launch.entry === undefined ? '(could not be followed)' : `-> ${within(service, launch.entry)}`;
    return [at === 0 ? 'starts' : '', `${started(launch, home)} ${target}`, place(launch.evidence)];
  });
  const more = launches.length - LAUNCHES_SHOWN;
  if (more > 0) shown.push(['', `and ${count(more, 'more launch').replace('launchs', 'launches')}`, '']);
  if (shown.length > 0) return shown;
  return service.entries.map((entry): Row => ['entry', within(service, entry.file), place(entry.evidence)]);
}

function rank({ purpose }: Launch): number {
  return purpose === 'production' ? 0 : purpose === 'development' ? 1 : 2;
}

function started({ kind, name, command }: Launch, home: Package | undefined): string {
  if (kind === 'main') return 'package.json main';
  if (kind !== 'script') return `${kind}: ${plainWords(command)}`;
  const manager = home?.packageManager === 'yarn-berry' ? 'yarn' : (home?.packageManager ?? 'npm');
  return name === 'start' ? `${manager} start` : `${manager} run ${name}`;
}

/** `["npm", "start"]` as `npm start`. */
function plainWords(command: string): string {
  return command.startsWith('[')
    ? command
        .replaceAll(/[[\]",]+/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
    : command;
}

function nodeRow(home: Package | undefined): readonly Row[] {
  if (home?.node === undefined) return [['node', 'version not stated', '']];
  const { range, evidence, conflicts } = home.node;
  const others = conflicts.map(({ value, evidence: where }) => `${where.file} says ${value}`);
  return [['node', others.length === 0 ? range : `${range} (${others.join(', ')})`, place(evidence)]];
}

function usesRow({ entries }: Service, home: Package | undefined, known: ReadonlySet<string>): readonly Row[] {
  const used = home?.dependencies.filter(({ name }) => known.has(name)) ?? [];
  const [first] = used;
  const written = entries.some(({ language }) => language === 'typescript') ? 'TypeScript' : 'JavaScript';
  const language = home?.build === undefined ? [] : [`${written} by ${home.build.tool}`];
  const systems = new Set(entries.length === 0 ? [home?.type] : entries.map(({ runsAs }) => runsAs));
  const format = systems.size > 1 ? 'ES modules and CommonJS' : systems.has('esm') ? 'ES modules' : 'CommonJS';
  const rows: Row[] = [
    ['code', [...language, format].join(', '), home?.build === undefined ? (home?.manifest ?? '') : place(home.build.evidence)],
  ];
  if (first !== undefined)
    rows.push(['uses', used.map(({ name, range, resolved }) => `${name} ${resolved ?? range}`).join(', '), place(first.evidence)]);
  return rows;
}

function tracedRows({ telemetry }: Survey, dir: string): readonly Row[] {
  const own = telemetry.filter((found) => found.package === dir);
  // One line per tracer: where it is declared several times, the first place leads there.
  const first = own.filter(({ vendor, state }, index) => own.findIndex((each) => each.vendor === vendor && each.state === state) === index);
  return first.map(({ vendor, state, evidence }): Row => ['traced', `${vendor} (${state})`, place(evidence)]);
}

function within(service: Service, file: string): string {
  return service.package !== '' && file.startsWith(`${service.package}/`) ? file.slice(service.package.length + 1) : file;
}

function place({ file, line }: Evidence): string {
  return `${file}:${line}`;
}
