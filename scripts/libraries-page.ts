import { type Library, libraries, type Role } from '../src/libraries/index.ts';

const titles: Readonly<Record<Role, string>> = {
  server: 'Server frameworks',
  router: 'Routers',
  graphql: 'GraphQL',
  rpc: 'RPC',
  socket: 'Sockets',
  client: 'Clients',
  cloud: 'Cloud services',
  database: 'Databases',
  cache: 'Caches',
  queue: 'Queues and brokers',
  scheduler: 'Schedulers',
  pool: 'Pools and loaders',
  logger: 'Loggers',
  platform: 'Platforms that start the program',
};

/** docs/libraries.md: what becomes of every library, by what it is for. */
export function librariesPage(note: string): string {
  const sections = Object.entries(titles).map(([role, title]) => {
    const own = libraries.filter((each) => each.role === role).sort((a, b) => (a.name < b.name ? -1 : 1));
    const rows = own.map((each) => `| ${nameCell(each)} | ${spansCell(each)} |`);
    return `## ${title}\n\n| library | ${role === 'logger' ? 'trace ids in its records' : 'spans'} |\n| --- | --- |\n${rows.join('\n')}`;
  });
  const intro =
    'Requests that a program accepts over `node:http` and those that it sends through `node:http`, `fetch` or undici get spans whatever library makes them. This page says what comes on top: who names the routes, and whose calls are seen. The set is chosen by the Node.js version of the program: SDK 3 for 22.15 and later, SDK 2 for 18.19 and later, SDK 1 for 14 to 18.18.';
  return `# Libraries\n\n<!-- ${note} -->\n\n${intro}\n\n${sections.join('\n\n')}\n`;
}

function nameCell({ name }: Library): string {
  return `\`${name}\``;
}

function spansCell({ spans, routes, owns, over, dark, loads, publishes }: Library): string {
  if (owns !== undefined) return `left alone: ${owns.title} starts the program. ${owns.next}`;
  const said = [...new Set(spans.map(spanText))];
  if (over !== undefined) said.push(`as ${listed(over)}${over.length > 1 ? ', where it uses one of them' : ''}`);
  if (said.length === 0) said.push(routes === 'unread' ? 'server spans without a route' : 'none');
  const notes = [
    ...(dark === undefined
      ? []
      : [spans.some(({ by }) => by === 'middleware') ? `Other versions, and in a bundle: ${dark.replace(/^Its /, 'its ')}` : dark]),
    ...(loads === undefined ? [] : [`It loads ${listed(loads)} itself.`]),
    ...(publishes === undefined ? [] : [`It publishes ${listed(publishes.names)} (${publishes.versions}).`]),
  ];
  return [said.join('; '), ...notes].join('. ').replaceAll('.. ', '. ');
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function spanText(each: Library['spans'][number]): string {
  if (each.by === 'codemod') return `[${each.id}](codemods/${each.id}.md) ${each.versions}`;
  if (each.by === 'plugin') return `server spans without a route, until a person registers \`${each.name}\` (${each.versions})`;
  if (each.by === 'itself') return `makes them itself (${each.versions})`;
  if (each.by === 'middleware') {
    const said = `by the middleware where it stands, without a line in the program (${each.versions})`;
    return each.but === undefined ? said : `${said}. ${each.but}`;
  }
  if (each.by === 'transport')
    return each.over === 'socket' ? 'none: it opens its own connections' : `by the ${each.over} that it sends through`;
  const lines = Object.entries(each.cohorts).reverse();
  const ranges = lines.map(([cohort, [, supports]]) => `${cohort.replace('sdk-', 'SDK ')}: ${supports}`).join(', ');
  const esm = { hook: '; ES modules by a loader hook', never: '; not when ES modules import it' };
  return `\`${each.name}\` (${ranges}${each.esm === undefined ? '' : esm[each.esm]})`;
}
