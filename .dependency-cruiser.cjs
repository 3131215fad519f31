// Import directions of docs/decisions: a folder may import those after it, never those before it.
const tiers = [
  ['cli', 'mcp', 'testing', 'jscodeshift'],
  ['tasks', 'scaffold', 'capture', 'check', 'report', 'agents', 'handoff'],
  ['verify'],
  ['score', 'install', 'review'],
  ['trace', 'engine', 'registry'],
  ['survey', 'cohort'],
  ['libraries'],
  ['ast'],
  ['host'],
  ['contract'],
];
const tests = '\\.test\\.ts$';
const parsers = '(^|node_modules/)(oxc-parser|ts-morph|jscodeshift|recast|typescript)(/|$)';

/** Each tier, and the folders above it that it must not see. */
const directions = tiers.slice(1).map((folders, index) => ({
  name: `${folders[0]}-looks-down-only`,
  severity: 'error',
  from: { path: `^src/(${folders.join('|')})/`, pathNot: tests },
  to: {
    path: `^src/(${tiers
      .slice(0, index + 1)
      .flat()
      .join('|')}|index\\.ts)`,
  },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'contract-imports-nothing',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: tests },
      to: { pathNot: '^src/contract/' },
    },
    {
      name: 'only-ast-imports-parsers',
      severity: 'error',
      from: { path: '^(src|codemods)/', pathNot: `^src/ast/|${tests}` },
      to: { path: parsers },
    },
    {
      name: 'only-registry-imports-codemods',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/registry/|${tests}` },
      to: { path: '^codemods/' },
    },
    {
      name: 'codemods-ask-facts-only',
      severity: 'error',
      from: { path: '^codemods/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/(ast|survey|cohort|libraries|contract)/' },
    },
    {
      name: 'codemods-are-islands',
      severity: 'error',
      from: { path: '^codemods/(?!kit/|service/)([^/]+)/', pathNot: tests },
      to: { path: '^codemods/[^/]+/', pathNot: '^codemods/($1/|(kit|service)/index\\.ts$)' },
    },
    {
      name: 'kit-imports-no-codemod',
      severity: 'error',
      from: { path: '^codemods/kit/', pathNot: tests },
      to: { path: '^codemods/', pathNot: '^codemods/kit/' },
    },
    {
      name: 'service-imports-no-codemod',
      severity: 'error',
      from: { path: '^codemods/service/', pathNot: tests },
      to: { path: '^codemods/', pathNot: '^codemods/(service/|kit/index\\.ts$)' },
    },
    { name: 'codemods-are-pure', severity: 'error', from: { path: '^codemods/', pathNot: tests }, to: { dependencyTypes: ['core'] } },
    {
      name: 'toolkit-and-middleware-apart',
      severity: 'error',
      from: { path: '^(src|codemods)/', pathNot: tests },
      to: { path: '^middleware/' },
    },
    {
      name: 'middleware-imports-opentelemetry-only',
      severity: 'error',
      from: { path: '^middleware/src/', pathNot: tests },
      to: { pathNot: '^middleware/src/|(^|node_modules/)@opentelemetry/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(src|codemods|middleware/src)/', pathNot: tests },
      to: { path: '^(tests|bench|scripts)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: tests },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/fixtures/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
