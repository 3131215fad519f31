import { importsOf, sourceOf } from '../../src/ast/index.ts';
import type { Dependency, Repo, Survey } from '../../src/contract/index.ts';
import { dependencyOf } from '../shared/packages.ts';
import { sourcesOf } from '../shared/sources.ts';
import type { TracedService } from '../shared/traced-service.ts';

/** Frameworks that route requests themselves and whose routes nothing here reads, unless an official instrumentation covers them. */
const routers: ReadonlySet<string> = new Set([
  '@feathersjs/koa',
  '@hapi/hapi',
  '@hono/node-server',
  '@nestjs/platform-fastify',
  '@tinyhttp/app',
  'connect',
  'fastify',
  'find-my-way',
  'h3',
  'hapi',
  'hyper-express',
  'koa',
  'micro',
  'moleculer-web',
  'polka',
  'restana',
  'restify',
  'sails',
  'total.js',
  'total4',
  'uWebSockets.js',
]);

/** Command line tools that load the application and its framework, which it then never names. */
const loadedByTool: Readonly<Record<string, string>> = { fastify: 'fastify-cli' };

/** The frameworks of a service whose routes its server spans will not show. */
export function unnamedRouters(traced: TracedService, survey: Survey, repo: Repo): readonly Dependency[] {
  const { pkg, coverage } = traced;
  const covered = new Set(coverage.covered.map(({ dependency }) => dependency.name));
  const declared = pkg.dependencies.filter(({ name, section }) => section === 'dependencies' && routers.has(name) && !covered.has(name));
  return declared.filter(({ name }) => {
    if (/fastify$/.test(name) && dependencyOf(pkg, '@fastify/otel') !== undefined) return false;
    const tool = loadedByTool[name];
    return (tool !== undefined && dependencyOf(pkg, tool) !== undefined) || isImported(name, traced, survey, repo);
  });
}

function isImported(name: string, { pkg }: TracedService, survey: Survey, repo: Repo): boolean {
  return sourcesOf(pkg, [name], survey, repo).some((file) => {
    const source = sourceOf(file, repo.read(file));
    return source !== undefined && importsOf(source).some((each) => !each.typeOnly && each.specifier === name);
  });
}

/** True when Fastify's own plugin can name the routes. */
export function takesFastifyPlugin({ name, range, resolved }: Dependency): boolean {
  return (name === 'fastify' || name === '@nestjs/platform-fastify') && !/^\D*[0-3]\./.test(resolved ?? range);
}
