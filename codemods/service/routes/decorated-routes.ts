import { callsOf, keyName, lineOf, type Node, nodesOf, originOf, propertyName, type Source, staticString } from '../../../src/ast/index.ts';
import type { Route, Survey } from '../../../src/contract/index.ts';
import { serviceNameOf } from '../target-packages.ts';
import { join, textAt } from './verb-routes.ts';

/** Where the decorators of a controller come from. */
const decorators = '@nestjs/common';

export const decoratedPackages: readonly string[] = ['@nestjs/core'];

/** The prefix that a service gives to all of its controllers; undefined where it is not written as text. */
export function globalPrefix(sources: readonly Source[]): string | undefined {
  const [call] = sources.flatMap((source) => callsOf(source).filter((each) => propertyName(each.callee) === 'setGlobalPrefix'));
  return call === undefined ? '' : staticString(call.arguments[0]);
}

/** Routes of the controllers in a file: `@Controller('orders')` and `@Get(':id')`. */
export function decoratedRoutes(source: Source, prefix: string, survey: Survey): readonly Route[] {
  return nodesOf(source).flatMap((node) => {
    if (node.type !== 'ClassDeclaration') return [];
    const controller = decorated(source, node, /^Controller$/)[0];
    if (controller === undefined) return [];
    const [first] = controller.arguments;
    if (textAt(first, 'version') !== undefined) return [];
    const own = first === undefined ? '' : (staticString(first) ?? textAt(first, 'path'));
    if (own === undefined) return [];
    return node.body.body.flatMap((member): Route[] => {
      if (member.type !== 'MethodDefinition' || keyName(member) === undefined) return [];
      return decorated(source, member, /^(Get|Post|Put|Patch|Delete|Head|Options|All)$/).flatMap(({ name, arguments: given }) => {
        const path = given[0] === undefined ? '' : staticString(given[0]);
        if (path === undefined || /[*(+?]/.test(path)) return [];
        const evidence = { file: source.file, line: lineOf(source, member.key.start) };
        const method = name === 'All' ? 'GET' : name.toUpperCase();
        return [{ service: serviceNameOf(survey, source.file), method, path: join(join(prefix, own), path), evidence }];
      });
    });
  });
}

interface Decoration {
  readonly name: string;
  readonly arguments: readonly Node[];
}

/** The decorators of a class or a member that have one of these names. */
function decorated(source: Source, node: Node, names: RegExp): readonly Decoration[] {
  const own: readonly Node[] = 'decorators' in node && Array.isArray(node.decorators) ? node.decorators : [];
  return own.flatMap((each) => {
    if (each.type !== 'Decorator' || each.expression.type !== 'CallExpression') return [];
    const origin = originOf(source, each.expression.callee);
    if (origin?.module !== decorators || !names.test(origin.path)) return [];
    return [{ name: origin.path, arguments: each.expression.arguments }];
  });
}
