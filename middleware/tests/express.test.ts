import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Received } from '../../src/trace/index.ts';
import { type Answer, exceptionsOf, openApp, spanOf } from './drive.ts';

const ROUTES: Record<string, string> = {
  '/plain': '/plain',
  '/one/1': '/one/:a',
  '/two/2': '/two/:b',
  '/chained': '/chained',
  '/static': '/static',
  '/static/items/9': '/static/items/:id',
  '/undeclared/acme/v/2/items/9': '/undeclared/:tenant/v/:version/items/:id',
  '/undeclared/v/v/2': '/undeclared/:tenant/v/:version',
  '/same/same/items/9': '/same/:name/items/:id',
  '/t/acme/teams/red/users/7': '/t/:tenant/teams/:team/users/:id',
  '/sub/deep/1': '/sub/deep/:x',
  '/mounted': '/mounted',
  '/mounted/any/thing': '/mounted',
  '/scoped/ann/file': '/scoped/:who',
  '/tagged/v12/any/x/items/9': '/tagged/v:version/:rest/x/items/:id',
  '/either/items/9': '/either/items/:id',
  '/or/acme/items/9': '/or/:what/items/:id',
  '/add-late': '/add-late',
  '/late/abc': '/late/:added',
  '/skips': '/skips',
};

const VALUES = ['/pattern/12', '/user12', '/user12/items/9', '/deep/acme/red/end', '/deep/acme/red/end/items/9'];

/** path -> status, template, exceptions. */
const FAILURES: Record<string, [number, string, string[]]> = {
  '/static/fails/3': [500, '/static/fails/:id', ['inner']],
  '/t/acme/teams/red/fails/x9': [500, '/t/:tenant/teams/:team/fails/:id', ['x9']],
  '/undeclared/acme/v/2/fails/3': [500, '/undeclared/:tenant/v/:version/fails/:id', ['inner']],
  '/static/checks/3': [500, '/static/checks/:checked', ['unchecked']],
  '/undeclared/acme/v/2/checks/3': [500, '/undeclared/:tenant/v/:version/checks/:checked', ['unchecked']],
  '/late/abc/fails': [500, '/late/:added/fails', ['late']],
  '/next-error': [500, '/next-error', ['by next']],
  '/string': [500, '/string', ['only text']],
  '/rejects': [500, '/rejects', ['rejected']],
  '/unhandled': [500, '/unhandled', ['nobody']],
  '/conflict': [409, '/conflict', ['taken']],
  '/recovers': [200, '/recovers', ['recovered']],
  '/told-before': [500, '/told-before', ['told before']],
  '/told-after': [500, '/told-after', ['told after']],
  '/told-twice': [500, '/told-twice', ['first', 'second']],
};

/** How the app is named to us: by the call that is written today, by the middleware of 0.3.0, or not at all; or by the call beside a channel's subscriber. */
const FORMS = ['call', 'use', 'none', 'observed'];
const EXPRESSES = (process.env['EXPRESSES'] ?? 'express express4').split(' ');

describe.each(EXPRESSES.flatMap((express) => FORMS.map((form) => [express, form] as const)))('%s, %s', (express, form) => {
  const answers: Record<string, Answer> = {};
  let received: Received;

  beforeAll(async () => {
    const app = await openApp('routes.cjs', { EXPRESS: express, FORM: form });
    for (const path of [...Object.keys(ROUTES), ...VALUES, '/missing', '/gone/x', ...Object.keys(FAILURES)])
      answers[path] = await app.get(path);
    received = await app.stop();
  });

  it.each(Object.entries(ROUTES))('names %s by its template', (path, template) => {
    const span = spanOf(received, path);
    expect([answers[path]?.status, span.name, span.attributes['http.route'], span.status]).toEqual([
      200,
      `GET ${template}`,
      template,
      'UNSET',
    ]);
  });

  it.each(VALUES)('never puts a concrete value of a pattern into the route: %s', (path) => {
    expect(answers[path]?.status).toBe(200);
    expect(spanOf(received, path).attributes['http.route']).not.toMatch(/12|acme|red/);
  });

  it.each(['/missing', '/gone/x'])('leaves %s, which nothing answers, with its method', (path) => {
    const span = spanOf(received, path);
    expect([span.name, span.attributes['http.route'], span.status]).toEqual(['GET', undefined, 'UNSET']);
  });

  it.each(Object.entries(FAILURES))('records what failed in %s once', (path, [status, template, messages]) => {
    const span = spanOf(received, path);
    expect([answers[path]?.status, span.name, exceptionsOf(span)]).toEqual([status, `GET ${template}`, messages]);
    expect(span.status).toBe(status >= 500 ? 'ERROR' : 'UNSET');
  });

  afterAll(() => {
    expect(received.problems).toEqual([]);
  });
});

function keepsErrors(express: string): boolean {
  return express === 'express';
}

describe.each(EXPRESSES)('%s', (express) => {
  it.each(['', 'own'])(
    'names no span by half of a route where a function stands before the app (http instrumentation: %s)',
    async (brings) => {
      const app = await openApp('unwatched.cjs', { EXPRESS: express, BRINGS: brings });
      const paths = ['/outer/inner/fails', '/outer/inner/items/7', '/own/7'];
      for (const path of paths) await app.get(path);
      const seen = await app.stop();
      // Router 2.3 names itself by its channel; of an older one nothing is known but what it leaves on the request.
      const failed = keepsErrors(express) ? 'GET /outer/inner/fails' : 'GET';
      const names = paths.map((path) => spanOf(seen, path).name);
      if (keepsErrors(express) || brings === '') expect(names).toEqual([failed, 'GET /outer/inner/items/:id', 'GET /own/:id']);
      else expect(names).toEqual(['GET', 'GET', 'GET']);
    },
  );

  it('takes no value of a mount that nobody watches for its path', async () => {
    const app = await openApp('unwatched.cjs', { EXPRESS: express, BRINGS: '' });
    const paths = ['/of/alice', '/of/bob', '/of/carol/items/7'];
    for (const path of paths) await app.get(path);
    const seen = await app.stop();
    const names = paths.map((path) => spanOf(seen, path).name);
    expect(names).toEqual([keepsErrors(express) ? 'GET /of/:who' : 'GET', 'GET /of/:who', 'GET /of/:who/items/:id']);
  });

  it('answers exactly as without it', async () => {
    const bodies: unknown[] = [];
    for (const traced of ['0', '1']) {
      const app = await openApp('bare.cjs', { EXPRESS: express, TRACED: traced, NODE_ENV: 'production' });
      bodies.push([await app.get('/seen'), await app.get('/fails'), await app.get('/missing')]);
      await app.stop();
    }
    expect(bodies[1]).toEqual(bodies[0]);
  });
});

it('takes no value of a mount of an unknown framework for a route, and says when a request came with two parents', async () => {
  const app = await openApp('foreign-mount.cjs');
  const paths = ['/alice', '/bob/items/7'];
  for (const path of paths) await app.get(path);
  const parents = ['a', 'b'].map((digit) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`);
  await app.get('/carol', { headers: { traceparent: parents.join(', ') } });
  const seen = await app.stop();
  expect(spanOf(seen, '/carol')).toMatchObject({ parentSpanId: '', attributes: { 'tracewright.traceparent_count': 2 } });
  expect(spanOf(seen, '/alice').attributes).not.toHaveProperty('tracewright.traceparent_count');
  expect(paths.map((path) => [spanOf(seen, path).name, spanOf(seen, path).attributes['http.route']])).toEqual([
    ['GET', undefined],
    ['GET', undefined],
  ]);
});
