import {
  type Call,
  callsOf,
  isTestFile,
  lineOf,
  originOf,
  propertyName,
  resolveValue,
  type Source,
  sourceOf,
  staticString,
  unwrap,
} from '../../../src/ast/index.ts';
import type { JobSite, Package, Repo, Survey } from '../../../src/contract/index.ts';
import { textAt } from '../routes/verb-routes.ts';
import { sourcesOf } from '../sources.ts';

/** How a library names what it works on and what it is given: methods, and classes whose first argument is the name. */
interface QueueLibrary {
  readonly name: string;
  readonly workers?: readonly string[];
  readonly queues?: readonly string[];
  readonly works: readonly string[];
  readonly puts: readonly string[];
}

const libraries: readonly QueueLibrary[] = [
  { name: 'bullmq', workers: ['Worker'], queues: ['Queue'], works: [], puts: ['add', 'addBulk'] },
  { name: 'bull', queues: ['', 'default'], works: ['process'], puts: ['add', 'addBulk'] },
  { name: 'bee-queue', queues: ['', 'default'], works: ['process'], puts: ['createJob'] },
  { name: 'pg-boss', works: ['work'], puts: ['send', 'publish', 'insert'] },
  { name: 'agenda', works: ['define'], puts: ['now', 'schedule', 'every'] },
  { name: 'amqplib', works: ['consume'], puts: ['sendToQueue'] },
  { name: 'kafkajs', works: ['subscribe'], puts: ['send'] },
];

interface Place {
  readonly role: 'works' | 'puts';
  readonly library: string;
  readonly queue: string;
  readonly file: string;
  readonly line: number;
}

/** Queues that programs of the repository work on, and where a job is put on each. */
export function statedJobs(repo: Repo, survey: Survey): readonly JobSite[] {
  const places = survey.packages.flatMap((pkg) => placesIn(pkg, repo, survey));
  const works = places.filter(({ role }) => role === 'works');
  return works.map(({ library, queue, file, line }) => ({
    library,
    queue,
    evidence: { file, line },
    puts: places.flatMap((each) => (each.role === 'puts' && each.queue === queue ? [{ file: each.file, line: each.line }] : [])),
  }));
}

function placesIn(pkg: Package, repo: Repo, survey: Survey): readonly Place[] {
  const used = libraries.filter(({ name }) => pkg.dependencies.some((each) => each.name === name));
  return used.flatMap((library) => {
    const words = [library.name, ...library.works, ...library.puts].map((each) => (each === library.name ? each : `.${each}(`));
    const files = sourcesOf(pkg, words, survey, repo).filter((file) => !isTestFile(file));
    return files.flatMap((file) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined ? [] : callsOf(source).flatMap((call) => placeOf(library, repo, source, call));
    });
  });
}

function placeOf(library: QueueLibrary, repo: Repo, source: Source, call: Call): readonly Place[] {
  const at = { library: library.name, file: source.file, line: lineOf(source, call.callee.end) };
  const [first] = call.arguments;
  const text = staticString(first) ?? textAt(first, 'topic');
  if (call.type === 'NewExpression' && isMade(library, library.workers, source, call))
    return text === undefined ? [] : [{ role: 'works', queue: text, ...at }];
  const method = propertyName(call.callee) ?? '';
  const role = library.works.includes(method) ? 'works' : library.puts.includes(method) ? 'puts' : undefined;
  if (role === undefined || call.callee.type !== 'MemberExpression') return [];
  const named = library.queues === undefined ? text : queueBehind(library, repo, source, call.callee.object);
  return named === undefined ? [] : [{ role, queue: named, ...at }];
}

function isMade({ name }: QueueLibrary, members: readonly string[] = [], source: Source, call: Call): boolean {
  const origin = originOf(source, call.callee);
  return origin?.module === name && members.includes(origin.path);
}

/** The name that a queue was made with. */
function queueBehind(library: QueueLibrary, repo: Repo, source: Source, object: Parameters<typeof unwrap>[0]): string | undefined {
  const found = resolveValue(repo, source, object);
  const made = found && unwrap(found.node);
  if (found === undefined || (made?.type !== 'NewExpression' && made?.type !== 'CallExpression')) return undefined;
  return isMade(library, library.queues, found.source, made) ? staticString(made.arguments[0]) : undefined;
}
