export { callsInto, callsOf, type ModuleCall } from './calls.ts';
export { keyName, propertyName, staticString, unwrap } from './expression.ts';
export { type ImportedName, importsOf, type ModuleImport, moduleSyntaxOf, statementOf } from './imports.ts';
export { firstStatementOffset, type Insertion, insertAfter, insertFirst } from './insert.ts';
export { extensionOf, isTestFile, type Language, languageOf } from './language.ts';
export { indentAt, lineAt, lineEnd, lineOf, lineStart } from './line.ts';
export type {
  Argument,
  ArrowFunctionExpression,
  BindingPattern,
  CallExpression,
  Comment,
  Expression,
  FunctionNode,
  IdentifierReference,
  ImportDeclaration,
  MemberExpression,
  NewExpression,
  Node,
  ObjectExpression,
  Program,
  Source,
  Statement,
  VariableDeclaration,
  VariableDeclarator,
} from './node.ts';
export { ancestorsOf, childrenOf, enclosingFunction, isFunction, nodesOf, parentOf, walk } from './node.ts';
export { bindingsOf, isGlobal, type ModuleBinding, type Origin, originOf, requiredModule, writesOf } from './origin.ts';
export { type ParseResult, parseSource, sourceOf } from './parse.ts';
export { folderOf } from './repo-path.ts';
export { type Definition, resolveExport, resolveValue } from './resolve-export.ts';
export { resolveModule } from './resolve-module.ts';
export { allBindings, type Binding, bindingOf, isNameTaken, usesGlobal } from './scope.ts';
export { quoted, type Style, semicolon, styleOf } from './style.ts';
