import type { Dependency, LibraryAnswer, Repo, Survey } from '../../src/contract/index.ts';
import {
  hasUnreadRoutes,
  instrumentationsOf,
  isReadByMiddleware,
  type Library,
  libraryOf,
  mayBe,
  pluginFor,
  readingOf,
  versionsRead,
} from '../../src/libraries/index.ts';
import { dependencyOf, isMissed, statedRoutes, type TracedService } from '../service/index.ts';
import { nodeAnswers, placeOfDark } from './dark-sites.ts';
import { answers, reasons } from './reasons.ts';
import { unnamedRouters } from './routers.ts';

type Verdict = Pick<LibraryAnswer, 'answer' | 'why'>;

interface Scene {
  readonly traced: TracedService;
  readonly routers: readonly Dependency[];
  /** Libraries that are being judged: one that works through another waits for it. */
  readonly open: Set<string>;
}

/** What becomes of each library of a service that is of a known kind: none is passed over in silence. */
export function libraryAnswers(traced: TracedService, survey: Survey, repo: Repo): readonly LibraryAnswer[] {
  const routes = traced.libraries.some(({ name }) => isNamedAtRunTime(libraryOf(name)))
    ? statedRoutes(repo, survey).filter(({ service }) => service === traced.service.name)
    : [];
  const scene: Scene = { traced, routers: unnamedRouters(traced, survey, repo), open: new Set() };
  const known = traced.libraries.flatMap((dependency): readonly LibraryAnswer[] => {
    const row = libraryOf(dependency.name);
    if (row === undefined || row.role === 'platform' || (row.role === 'router' && row.over === undefined)) return [];
    const { name, as, through, resolved, range, evidence } = dependency;
    const named = { ...(as !== undefined && { as }), ...(through !== undefined && { through }) };
    const { answer, why } = judge(scene, dependency, row);
    const stated = answer === 'traced' && isNamedAtRunTime(row) ? ` ${answers.routes(routes)}` : '';
    const place = answer === 'dark' ? placeOfDark(name, as ?? name, traced, survey, repo) : undefined;
    const found = { evidence: place ?? evidence };
    return [{ package: traced.pkg.dir, library: name, version: resolved ?? range, ...named, answer, why: why + stated, ...found }];
  });
  return [...known, ...nodeAnswers(traced, survey, repo)];
}

/** A framework whose routes no codemod writes down. */
function isNamedAtRunTime(row: Library | undefined): boolean {
  return row?.role === 'server' && row.over === undefined && !row.spans.some(({ by }) => by === 'codemod');
}

function judge(scene: Scene, dependency: Dependency, row: Library): Verdict {
  return instrumented(scene, dependency) ?? routed(scene, dependency) ?? ours(dependency, row) ?? below(scene, row) ?? dark(row);
}

/** By an official instrumentation, or left because of what keeps it from working. */
function instrumented({ traced }: Scene, dependency: Dependency): Verdict | undefined {
  const { coverage, withheld, service, pkg } = traced;
  const is = (each: { readonly dependency: Dependency }): boolean => each.dependency === dependency;
  const left = [
    ...withheld.filter(is).map(reasons.withheld),
    ...coverage.gaps.filter(is).map(reasons.gap),
    ...coverage.renamed.filter(is).map(reasons.renamed),
  ];
  const official = instrumentationsOf(dependency.name);
  if (official.length > 0 && pkg.build?.bundles && !isReadByMiddleware(dependency, true)) left.push(reasons.bundled(service.name));
  if (left[0] !== undefined) return { answer: 'left', why: left[0] };
  const found = coverage.covered.find(({ name }) => official.some((each) => each.name === name));
  if (found === undefined) return undefined;
  if (isMissed(traced, found.esm))
    return isReadByMiddleware(dependency, false) ? undefined : { answer: 'left', why: answers.notInModules(found.name) };
  return { answer: 'traced', why: answers.instrumented(found.name, libraryOf(dependency.name)?.role === 'logger') };
}

/** A framework whose routes nobody reads, or whose plug-in does. */
function routed({ traced, routers }: Scene, dependency: Dependency): Verdict | undefined {
  const plugin = pluginFor(dependency);
  if (plugin !== undefined && dependencyOf(traced.pkg, plugin.name) !== undefined)
    return { answer: 'traced', why: answers.plugged(plugin.name) };
  if (routers.includes(dependency))
    return {
      answer: versionsRead(dependency.name) === undefined ? 'dark' : 'left',
      why: reasons.unnamedRoutes(dependency, traced.service.name),
    };
  if (isReadByMiddleware(dependency, traced.pkg.build?.bundles ?? false))
    return { answer: 'traced', why: answers.read(libraryOf(dependency.name)?.role, readingOf(dependency)?.but) };
  if (hasUnreadRoutes(dependency.name)) return { answer: 'dark', why: answers.unused };
  return plugin === undefined ? undefined : { answer: 'left', why: reasons.plugin(dependency, plugin.name) };
}

/** By a codemod of ours, by itself, or by what it sends through. */
function ours({ resolved, range }: Dependency, { spans }: Library): Verdict | undefined {
  const known = spans.flatMap((each) => (each.by === 'instrumentation' || each.by === 'plugin' || each.by === 'middleware' ? [] : [each]));
  const own = known.find(({ versions }) => versions === undefined || mayBe(resolved ?? range, versions));
  if (own === undefined && known[0]?.versions !== undefined)
    return { answer: known[0].by === 'transport' ? 'left' : 'dark', why: answers.outside(known[0].versions) };
  if (own?.by === 'codemod') return { answer: 'traced', why: answers.written(own.id) };
  if (own?.by === 'itself') return { answer: 'traced', why: answers.itself };
  if (own?.by !== 'transport') return undefined;
  return own.over === 'socket' ? { answer: 'dark', why: answers.ownSockets } : { answer: 'traced', why: answers.sent };
}

/** As well as the library that it works through, of several the best. */
function below(scene: Scene, { name, over = [], dark: rest }: Library): Verdict | undefined {
  if (scene.open.has(name)) return undefined;
  scene.open.add(name);
  const used = usedBelow(scene, over);
  const judged = used.flatMap((each) => {
    const row = libraryOf(each.name);
    return row === undefined ? [] : [{ name: each.name, answer: judge(scene, each, row).answer }];
  });
  scene.open.delete(name);
  const best = (['traced', 'left', 'dark'] as const).map((answer) => judged.find((each) => each.answer === answer)).find((each) => each);
  return best && { answer: best.answer, why: answers.below(best.name, best.answer, rest) };
}

/** Those that are used; where one is not declared (a peer that something else brings), those that it works through. */
function usedBelow({ traced }: Scene, over: readonly string[]): readonly Dependency[] {
  return over.flatMap((name) => {
    const declared = traced.libraries.filter((each) => each.name === name);
    const next = declared.length > 0 ? [] : (libraryOf(name)?.over ?? []);
    return [...declared, ...traced.libraries.filter((each) => next.includes(each.name))];
  });
}

function dark({ role, dark: why }: Library): Verdict {
  return { answer: 'dark', why: why ?? (role === 'logger' ? answers.darkLogger : role === 'server' ? answers.darkServer : answers.dark) };
}
