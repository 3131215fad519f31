import {
  type Call,
  callsInto,
  keyName,
  lineOf,
  type Node,
  type ObjectExpression,
  originOf,
  propertyName,
  type Source,
  sourceOf,
  staticString,
  unwrap,
} from '../../../ast/index.ts';
import type { Build } from '../../../contract/index.ts';
import { baseName, deepestAround, dirOf, joinPath } from '../../read/paths.ts';
import type { FoundLaunch } from '../launch.ts';
import type { Surroundings } from '../trail.ts';
import { bundleOf, functionLaunch } from './function-launch.ts';

const modules = [
  'aws-cdk-lib',
  'aws-cdk-lib/aws-lambda',
  'aws-cdk-lib/aws-lambda-nodejs',
  '@aws-cdk/aws-lambda',
  '@aws-cdk/aws-lambda-nodejs',
];

/** `new NodejsFunction(...)` and `new lambda.Function(...)` in stacks of the AWS CDK. */
export function cdkLaunches(around: Surroundings): FoundLaunch[] {
  const { repo } = around.reading;
  return repo.mentioning(['aws-lambda']).flatMap((file) => {
    const text = repo.read(file);
    if (!/\.[cm]?[jt]s$/.test(file) || text === undefined || !/cdk/.test(text) || !/Function\(/.test(text)) return [];
    const source = sourceOf(file, text);
    if (source === undefined) return [];
    return modules
      .flatMap((name) => callsInto(source, name))
      .flatMap(({ call, origin }) => {
        const kind = origin.path.split('.').at(-1);
        if (call.type !== 'NewExpression' || (kind !== 'NodejsFunction' && kind !== 'Function')) return [];
        return kind === 'Function' ? assetFunction(around, source, call) : nodejsFunction(around, source, call);
      });
  });
}

/** Bundled by esbuild from one file; without `entry` it is `<stack>.<id>.ts` beside the stack. */
function nodejsFunction(around: Surroundings, source: Source, call: Call): FoundLaunch[] {
  const { file } = source;
  const home = deepestAround(around.manifests, file)?.dir ?? '';
  const [, second, third] = call.arguments;
  const id = staticString(second) ?? 'function';
  const options = optionsOf(third);
  const stated = optionIn(options, 'entry');
  const beside = `${file.replace(/\.[cm]?[jt]s$/, '')}.${id}`;
  const path = stated === undefined ? beside : pathOf(source, stated, home);
  if (path === undefined) return [];
  const handler = staticString(optionIn(options, 'handler')) ?? 'handler';
  const evidence = { file, line: lineOf(source, call.start) };
  const stem = baseName(path).replace(/\.[cm]?[jt]sx?$/, '');
  return [
    functionLaunch(around, {
      name: id,
      handler: handler.includes('.') ? handler : `${stem}.${handler}`,
      path,
      deployed: dirOf(path),
      bundle: bundleIn(source, optionIn(options, 'bundling'), evidence),
      evidence,
    }),
  ];
}

function bundleIn(source: Source, bundling: Node | undefined, evidence: Build['evidence']): Build {
  const text = bundling === undefined ? '' : source.text.slice(bundling.start, bundling.end);
  return bundleOf('esbuild', /format:\s*(\w+\.)*OutputFormat\.ESM|format:\s*['"]esm/.test(text) ? 'esm' : 'commonjs', text, evidence);
}

/** A folder that is put into the function as it is: `lambda.Code.fromAsset('lambda')`. */
function assetFunction(around: Surroundings, source: Source, call: Call): FoundLaunch[] {
  const { file } = source;
  const home = deepestAround(around.manifests, file)?.dir ?? '';
  const options = optionsOf(call.arguments[2]);
  const handler = staticString(optionIn(options, 'handler'));
  const code = optionIn(options, 'code');
  const asset = code?.type === 'CallExpression' && propertyName(code.callee) === 'fromAsset' ? code.arguments[0] : undefined;
  const deployed = asset && pathOf(source, asset, home);
  const runtime = optionIn(options, 'runtime');
  if (
    handler === undefined ||
    deployed === undefined ||
    !/nodejs|latest/i.test(runtime ? source.text.slice(runtime.start, runtime.end) : 'nodejs')
  )
    return [];
  const path = joinPath(deployed, handler.replace(/\.[^./]+$/, ''));
  const evidence = { file, line: lineOf(source, call.start) };
  return [functionLaunch(around, { name: staticString(call.arguments[1]) ?? 'function', handler, path, deployed, evidence })];
}

function optionsOf(node: Node | undefined): ObjectExpression | undefined {
  const options = node && unwrap(node);
  return options?.type === 'ObjectExpression' ? options : undefined;
}

function optionIn(options: ObjectExpression | undefined, name: string): Node | undefined {
  const property = options?.properties.find((each) => each.type === 'Property' && keyName(each) === name);
  return property?.type === 'Property' ? unwrap(property.value) : undefined;
}

/** `'lambda'` below the CDK's package, `path.join(__dirname, '..', 'lambda')` beside the stack. */
function pathOf(source: Source, node: Node, home: string): string | undefined {
  const plain = staticString(node);
  if (plain !== undefined) return joinPath(home, plain);
  if (node.type === 'TemplateLiteral') {
    const [first] = node.expressions;
    const text = node.quasis.map(({ value }) => value.cooked ?? '').join('');
    return node.expressions.length === 1 && first && isDirname(first) ? joinPath(dirOf(source.file), text) : undefined;
  }
  if (node.type !== 'CallExpression' || !/^(node:)?path$/.test(originOf(source, node.callee)?.module ?? '')) return undefined;
  const [base, ...rest] = node.arguments;
  const parts = rest.map((each) => staticString(each));
  if (base === undefined || parts.some((part) => part === undefined)) return undefined;
  const start = isDirname(base)
    ? dirOf(source.file)
    : staticString(base) === undefined
      ? undefined
      : joinPath(home, staticString(base) ?? '');
  return start === undefined ? undefined : joinPath(start, ...parts.flatMap((part) => part ?? []));
}

/** `__dirname`, and `import.meta.dirname` of ES modules. */
function isDirname(node: Node): boolean {
  return (
    (node.type === 'Identifier' && node.name === '__dirname') || (node.type === 'MemberExpression' && propertyName(node) === 'dirname')
  );
}
