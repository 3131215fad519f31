import { type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Repo, Survey } from '../../src/contract/index.ts';
import { leaveUnreachable } from '../shared/leave-unreachable.ts';
import { hasTargetVersion } from '../shared/target-packages.ts';
import { collectRoutes } from './collect-routes.ts';
import { appsOf, isProductFile } from './express-values.ts';
import { hasMountPath } from './find-mounts.ts';
import { findMissing, planFile } from './plan-file.ts';
import { reasons } from './reasons.ts';

/** A file that creates an app or mounts a router and is not finished. */
export interface Site {
  readonly file: string;
}

const express = '>=4 <6';
const needles = ['express'];

function expressSources(repo: Repo, survey: Survey): readonly Source[] {
  return repo.mentioning(needles).flatMap((file) => {
    if (!isProductFile(file) || !hasTargetVersion(survey, file, 'express', express)) return [];
    return sourceOf(file, repo.read(file)) ?? [];
  });
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'express-tracing',
    title: 'Name server spans after Express routes',
    description:
      'Makes traceExpress the first middleware of every Express app, so that server spans carry the route and the error of each request. States the template of mounts with parameters.',
    kind: 'server',
    stability: 'stable',
    scope: 'file',
    targets: { express },
    mentions: needles,
    after: [],
    needs: ['otel-bootstrap'],
  },
  expects: [
    {
      kind: 'SERVER',
      name: '^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /',
      why: 'Server spans of an Express app are named after their route.',
    },
  ],
  detect(repo, survey) {
    const sources = expressSources(repo, survey);
    const sites = sources.flatMap((source) => {
      const { apps, mounts } = findMissing(repo, source);
      return apps.length + mounts.length > 0 ? [{ file: source.file }] : [];
    });
    if (sites.length > 0) return { status: 'applies', sites };
    const isDone = sources.some((source) => appsOf(source).length > 0 || hasMountPath(source));
    if (isDone) return { status: 'satisfied', why: reasons.satisfied };
    return { status: 'unsupported', why: reasons.noApp, next: reasons.noAppNext };
  },
  plan(sites, repo, survey) {
    const edits = sites.flatMap(({ file }) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined ? [] : planFile(source, findMissing(repo, source));
    });
    const { routes, tasks } = collectRoutes(expressSources(repo, survey), repo, survey);
    return leaveUnreachable({ edits, tasks, routes }, repo, survey);
  },
};

export default codemod;
