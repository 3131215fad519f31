import semver from 'semver';
import { type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Package, Repo, Survey, Task } from '../../src/contract/index.ts';
import { versionsFor } from '../../src/libraries/index.ts';
import { dependencyOf, isReached, sourcesOf, tracedServices, unloadedSources, withWorkspacePackages } from '../service/index.ts';
import { type OutgoingCall, outgoingCalls } from './calls.ts';
import { clientMentions } from './clients.ts';
import { reasons } from './reasons.ts';

/** An outgoing call that tracing does not see. */
export type Site = Task;

const codemod: Codemod<Site> = {
  meta: {
    id: 'http-client-spans',
    title: 'Check that outgoing calls are traced',
    description:
      'Finds every outgoing HTTP call, says which library sends it, and hands over the calls that tracing does not see. A trace context that a call passes on or writes by hand is replaced by the one of its span when it is sent.',
    kind: 'client',
    scope: 'repository',
    targets: { undici: versionsFor('undici') },
    mentions: clientMentions,
    after: ['otel-bootstrap'],
  },
  expects: [],
  detect(repo, survey) {
    const packages = new Map(
      tracedServices(survey, repo)
        .flatMap((traced) => withWorkspacePackages(traced.pkg, survey))
        .map((pkg) => [pkg.dir, pkg]),
    );
    if (packages.size === 0) return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
    const found = [...packages.values()].map((pkg) => outgoingOf(pkg, survey, repo));
    const sites = found.flatMap(({ tasks }) => tasks);
    if (sites.length > 0) return { status: 'applies', sites };
    const calls = found.flatMap((each) => each.calls);
    const open = found.flatMap((each) => each.open);
    const elsewhere = [...packages.values()].flatMap((pkg) => callsElsewhere(pkg, survey, repo));
    const why = [
      calls.length > 0 ? reasons.covered(calls) : open.length > 0 ? reasons.noneForSure : reasons.none,
      ...(open.length === 0 ? [] : [reasons.open(open)]),
      ...(elsewhere.length === 0 ? [] : [reasons.elsewhere(elsewhere)]),
    ];
    return { status: 'satisfied', why: why.join(' ') };
  },
  plan: (sites) => ({ edits: [], tasks: sites }),
  spanSites: (repo, survey) =>
    tracedServices(survey, repo).flatMap(({ service, pkg }) => {
      const { calls, tasks } = outgoingOf(pkg, survey, repo);
      const isDark = (call: OutgoingCall): boolean => tasks.some(({ file, line }) => file === call.file && line === call.line);
      return calls
        .filter((call) => !isDark(call))
        .map(({ library, file, line }) => ({ service: service.name, kind: 'CLIENT' as const, what: library, evidence: { file, line } }));
    }),
};

export default codemod;

interface Outgoing {
  readonly calls: readonly OutgoingCall[];
  /** In files of which it is not certain that a program loads them. */
  readonly open: readonly OutgoingCall[];
  readonly tasks: readonly Task[];
}

function outgoingOf(pkg: Package, survey: Survey, repo: Repo): Outgoing {
  const found = sourcesOf(pkg, clientMentions, survey, repo).flatMap((file) => {
    const source = sourceOf(file, repo.read(file));
    return source === undefined ? [] : [outgoingIn(source, pkg)];
  });
  const calls = found.flatMap((each) => each.calls);
  const isSure = (call: OutgoingCall): boolean => isReached(call.file, pkg, survey, repo);
  return { calls: calls.filter(isSure), open: calls.filter((call) => !isSure(call)), tasks: found.flatMap(({ tasks }) => tasks) };
}

function callsElsewhere(pkg: Package, survey: Survey, repo: Repo): readonly OutgoingCall[] {
  return unloadedSources(pkg, clientMentions, survey, repo).flatMap((file) => {
    const source = sourceOf(file, repo.read(file));
    return source === undefined ? [] : outgoingCalls(source);
  });
}

function outgoingIn(source: Source, pkg: Package): Omit<Outgoing, 'open'> {
  const calls = outgoingCalls(source);
  return { calls, tasks: calls.flatMap((call) => taskFor(call, pkg) ?? []) };
}

function taskFor(call: OutgoingCall, pkg: Package): Task | undefined {
  const { file, line } = call;
  if (call.over === 'socket') return { file, line, why: reasons.socket(call), next: reasons.socketNext };
  if (call.over === 'http2') return { file, line, why: reasons.http2(call), next: reasons.http2Next };
  const undici = call.library === 'undici' ? dependencyOf(pkg, 'undici') : undefined;
  const version = undici && (undici.resolved ?? semver.minVersion(semver.validRange(undici.range) ?? '*')?.version);
  if (version === undefined || version === '0.0.0' || semver.satisfies(version, versionsFor('undici'))) return undefined;
  return { file, line, why: reasons.undici(call, version), next: reasons.undiciNext };
}
