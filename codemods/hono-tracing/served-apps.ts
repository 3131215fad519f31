import {
  bindingOf,
  callsInto,
  keyName,
  lineOf,
  type Node,
  originOf,
  parentOf,
  propertyName,
  type Source,
  unwrap,
} from '../../src/ast/index.ts';

const middleware = '@tracewright/middleware/hono';

/** A call that serves an app: `serve(app)`, `serve({ fetch: app.fetch })`, `serve({ ...app })`. */
export interface Served {
  readonly source: Source;
  readonly call: Node;
  readonly line: number;
  readonly state: 'plain' | 'traced' | 'unknown';
  /** The expression of the app. */
  readonly app: Node | undefined;
}

export function servedApps(source: Source): readonly Served[] {
  return callsInto(source, '@hono/node-server').flatMap(({ call, origin }): readonly Served[] => {
    if (!/^(serve|createAdaptorServer|getRequestListener)$/.test(origin.path)) return [];
    const given = call.arguments[0];
    const app = given && appIn(source, unwrap(given));
    const base = { source, call, line: lineOf(source, call.start) };
    // Whoever serves a function has given its app to ours elsewhere in the file.
    if (app === undefined) return [{ ...base, state: callsInto(source, middleware).length > 0 ? 'traced' : 'unknown', app }];
    return [{ ...base, state: isTraced(source, app) ? 'traced' : 'plain', app }];
  });
}

function appIn(source: Source, given: Node): Node | undefined {
  if (given.type === 'MemberExpression') return propertyName(given) === 'fetch' ? unwrap(given.object) : undefined;
  if (given.type === 'ObjectExpression') {
    const fetch = given.properties.find((each) => each.type === 'Property' && keyName(each) === 'fetch');
    if (fetch?.type === 'Property') return fetchedFrom(source, unwrap(fetch.value));
    const spread = given.properties.find((each) => each.type === 'SpreadElement');
    return spread?.type === 'SpreadElement' ? unwrap(spread.argument) : undefined;
  }
  return given.type === 'Identifier' || given.type === 'NewExpression' || given.type === 'CallExpression' ? given : undefined;
}

/** `app.fetch`, or `const { fetch } = app` above. */
function fetchedFrom(source: Source, value: Node): Node | undefined {
  if (value.type !== 'Identifier') return appIn(source, value);
  const [declaration] = bindingOf(source, value)?.declarations ?? [];
  const property = declaration && parentOf(source, declaration);
  const pattern = property && parentOf(source, property);
  const declarator =
    pattern?.type === 'ObjectPattern' && property?.type === 'Property' && keyName(property) === 'fetch'
      ? parentOf(source, pattern)
      : undefined;
  return declarator?.type === 'VariableDeclarator' && declarator.init ? unwrap(declarator.init) : undefined;
}

function isTraced(source: Source, app: Node): boolean {
  return app.type === 'CallExpression' && originOf(source, app.callee)?.module === middleware;
}
