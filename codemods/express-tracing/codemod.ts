import { type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Repo, Survey } from '../../src/contract/index.ts';
import { versionsFor } from '../../src/libraries/index.ts';
import { hasTargetVersion, isBuildOutput, leaveUnreachable } from '../service/index.ts';
import { collectRoutes } from './collect-routes.ts';
import { appsOf, isProductFile } from './express-values.ts';
import { namesItself } from './names-itself.ts';
import { findMissing, isNothing, planFile } from './plan-file.ts';
import { namesItselfWhy, reasons } from './reasons.ts';

/** A file that creates an app or has calls of an earlier version, and is not finished. */
export interface Site {
  readonly file: string;
}

const express = versionsFor('express');
const needles = ['express'];

function expressSources(repo: Repo, survey: Survey): readonly Source[] {
  return repo.mentioning(needles).flatMap((file) => {
    if (!isProductFile(file) || isBuildOutput(file, survey) || !hasTargetVersion(survey, file, 'express', express)) return [];
    return sourceOf(file, repo.read(file)) ?? [];
  });
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'express-tracing',
    title: 'Name server spans after Express routes',
    description:
      'Gives every Express app to traceExpress, so that server spans carry the route and the error of each request. The app gets no layer, and its router is made when Express makes it. Where the lock file has router 2.3 or later, which names its routes itself, nothing is written.',
    kind: 'server',
    scope: 'file',
    targets: { express },
    mentions: needles,
    after: [],
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
    const sites = sources.flatMap((source) => (isNothing(findMissing(repo, survey, source)) ? [] : [{ file: source.file }]));
    if (sites.length > 0) return { status: 'applies', sites };
    const withApps = sources.filter((source) => appsOf(source, repo).length > 0);
    if (withApps.length === 0) return { status: 'unsupported', why: reasons.noApp, next: reasons.noAppNext };
    const [named] = withApps.flatMap(({ file }) => namesItself(repo, survey, file) ?? []);
    const why = named === undefined ? reasons.satisfied : namesItselfWhy(named.router, named.lockfile);
    return { status: 'satisfied', why, routes: collectRoutes(sources, repo, survey).routes };
  },
  plan(sites, repo, survey) {
    const planned = sites.flatMap(({ file }) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined ? [] : [planFile(source, findMissing(repo, survey, source), repo)];
    });
    const { routes, tasks: cut } = collectRoutes(expressSources(repo, survey), repo, survey);
    const edits = planned.flatMap((each) => each.edits);
    const tasks = [...planned.flatMap((each) => each.tasks), ...cut];
    return leaveUnreachable({ edits, tasks, routes }, repo, survey);
  },
  routes: (repo, survey) => collectRoutes(expressSources(repo, survey), repo, survey).routes,
};

export default codemod;
