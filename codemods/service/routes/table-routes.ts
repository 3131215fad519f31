import { keyName, lineOf, nodesOf, type ObjectExpression, type Source } from '../../../src/ast/index.ts';
import type { Route, Survey } from '../../../src/contract/index.ts';
import { serviceNameOf } from '../target-packages.ts';
import { methodsOf, textAt } from './verb-routes.ts';

/** Servers that are given their routes as objects: `server.route({ method, path, handler })`, and lists of those. */
export const tablePackages: readonly string[] = ['@hapi/hapi', 'hapi'];

export function tableRoutes(source: Source, survey: Survey): readonly Route[] {
  return nodesOf(source).flatMap((node) => (node.type === 'ObjectExpression' ? routesOf(source, node, survey) : []));
}

function routesOf(source: Source, object: ObjectExpression, survey: Survey): readonly Route[] {
  const path = textAt(object, 'path');
  const isServed = object.properties.some((each) => /^(handler|options|config)$/.test(keyName(each) ?? ''));
  if (path === undefined || !path.startsWith('/') || path.includes('*') || !isServed) return [];
  return methodsOf(object).map((method) => ({
    service: serviceNameOf(survey, source.file),
    method: method === '*' ? 'GET' : method,
    path,
    evidence: { file: source.file, line: lineOf(source, object.start) },
  }));
}
