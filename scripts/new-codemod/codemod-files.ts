import type { Kind, Names } from './names.ts';

const spans: Readonly<Record<Kind, string>> = {
  server: "\n    { kind: 'SERVER', name: '^[A-Z]+ /', why: 'Server spans are named after their route.' },\n  ",
  client: "\n    { kind: 'CLIENT', name: '.', why: 'Each call is a CLIENT span.' },\n  ",
  messaging: "\n    { kind: 'PRODUCER', name: '.', why: 'Each message that is sent is a PRODUCER span.' },\n  ",
  log: '',
};

/** codemods/<id>: the codemod, its sentences, its page and three fixtures. */
export function codemodFiles(names: Names): Readonly<Record<string, string>> {
  const folder = `codemods/${names.id}`;
  const texts = {
    'codemod.ts': codemodText(names),
    'plan-file.ts': planText(names),
    'reasons.ts': reasonsText(names),
    'page.ts': pageText(names),
    ...fixtures(names),
  };
  return Object.fromEntries(Object.entries(texts).map(([file, text]) => [`${folder}/${file}`, text]));
}

function codemodText({ id, kind, library, trace }: Names): string {
  return `import { isTestFile, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Repo, Survey } from '../../src/contract/index.ts';
import { versionsFor } from '../../src/libraries/index.ts';
import { hasTargetVersion, isBuildOutput, leaveUnreachable } from '../service/index.ts';
import { library, openValues, planFile, valuesOf } from './plan-file.ts';
import { reasons } from './reasons.ts';

/** A file with a value that is not traced yet. */
export interface Site {
  readonly file: string;
}

const versions = versionsFor(library);
const needles = [library];

function librarySources(repo: Repo, survey: Survey): readonly Source[] {
  return repo.mentioning(needles).flatMap((file) => {
    if (isTestFile(file) || isBuildOutput(file, survey) || !hasTargetVersion(survey, file, library, versions)) return [];
    return sourceOf(file, repo.read(file)) ?? [];
  });
}

const codemod: Codemod<Site> = {
  meta: {
    id: '${id}',
    title: 'Give ${library} to ${trace}',
    description: 'Say in full sentences what is different after it.',
    kind: '${kind}',
    scope: 'file',
    targets: { [library]: versions },
    mentions: needles,
    after: [],
  },
  expects: [${spans[kind]}],
  detect(repo, survey) {
    const sources = librarySources(repo, survey);
    const sites = sources.flatMap((source) => (openValues(source, repo).length > 0 ? [{ file: source.file }] : []));
    if (sites.length > 0) return { status: 'applies', sites };
    if (sources.some((source) => valuesOf(source, repo).length > 0)) return { status: 'satisfied', why: reasons.satisfied };
    return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
  },
  plan(sites, repo, survey) {
    const edits = sites.flatMap(({ file }) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined ? [] : planFile(source, repo);
    });
    return leaveUnreachable({ edits, tasks: [] }, repo, survey);
  },
};

export default codemod;
`;
}

function planText({ library, entry, trace }: Names): string {
  return `import { type CallExpression, callsInto, type NewExpression, type Source } from '../../src/ast/index.ts';
import type { Repo, Splice } from '../../src/contract/index.ts';
import {
  addSplice,
  addStatement,
  editFile,
  endMark,
  type FileEdits,
  finishFile,
  importBefore,
  importName,
  importNames,
  isTraced,
  nameInPlace,
  placeValue,
  wantsImportEquals,
} from '../kit/index.ts';
import { reasons } from './reasons.ts';

export const library = '${library}';
const middleware = '@tracewright/middleware/${entry}';

/** Calls that make what is traced: of the module itself. Name its members here when they do, e.g. \`Client\`. */
const makers: readonly string[] = [''];

export function valuesOf(source: Source, repo: Repo): readonly (CallExpression | NewExpression)[] {
  return importNames(repo, source.file, library).flatMap((name) =>
    callsInto(source, name).flatMap(({ call, origin }) => (makers.includes(origin.path) ? [call] : [])),
  );
}

/** Those that are not given to the middleware yet. */
export function openValues(source: Source, repo: Repo): readonly (CallExpression | NewExpression)[] {
  const given = callsInto(source, middleware).map(({ call }) => call);
  return valuesOf(source, repo).filter((call) => !isTraced(source, call, given));
}

export function planFile(source: Source, repo: Repo): readonly Splice[] {
  const edits = editFile(source, middleware, reasons.load, wantsImportEquals(source, repo));
  for (const call of openValues(source, repo)) traceValue(edits, call, repo);
  return finishFile(edits);
}

/** \`${trace}(value)\` in a statement of its own where one can stand, else around the call. */
function traceValue(edits: FileEdits, call: CallExpression | NewExpression, repo: Repo): void {
  const { source } = edits;
  const place = placeValue(source, call);
  const like = importBefore(source, call, importNames(repo, source.file, library));
  if (place.kind === 'after') {
    const name = importName(edits, '${trace}', like, like?.statement ?? place.statement);
    addStatement(edits, place.statement, \`\${name}(\${place.value})\${endMark(source, place.statement)}\`, reasons.trace);
    return;
  }
  const isTooLate = like === undefined || (like.kind !== 'import' && like.statement.end > call.start);
  const name = isTooLate ? nameInPlace(edits, '${trace}') : importName(edits, '${trace}', like);
  addSplice(edits, call.start, \`\${name}(\`, reasons.trace);
  addSplice(edits, call.end, ')', reasons.trace);
}
`;
}

function reasonsText({ library, trace }: Names): string {
  return `/** Every sentence this codemod says. */
export const reasons = {
  load: 'Loads the function that traces ${library}.',
  trace: 'Say what ${trace} does for this line.',
  satisfied: 'Everything that ${library} makes is given to ${trace} already.',
  nothing: 'Nothing of ${library} is made in the product code.',
  nothingNext: 'Nothing to do.',
} as const;
`;
}

function pageText({ library }: Names): string {
  return `import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'Say what a program that uses ${library} lacks without it, in full sentences.',
  notFor: 'Say for whom it is not, and what to do then, in full sentences.',
  example: 'traces-${library.replace(/^@/, '').replaceAll(/[^a-z0-9]+/gi, '-')}',
  provenBy: [],
};
`;
}

function fixtures({ library, entry, trace, local }: Names): Readonly<Record<string, string>> {
  const named = library.replace(/^@/, '').replaceAll(/[^a-z0-9]+/gi, '-');
  const manifest = (start: string, dependencies: string): string =>
    `{\n  "name": "shop",\n  "version": "1.0.0",\n  "scripts": {\n    "start": "${start}"\n  }${dependencies}\n}\n`;
  const using = `,\n  "dependencies": {\n    "${library}": "*"\n  }`;
  const js = (load: string, call: string): string =>
    `const ${local} = require('${library}');\n${load}\nconst made = ${local}();\n${call}\nmodule.exports = made;\n`;
  const ts = (load: string, call: string): string =>
    `import ${local} from '${library}';\n${load}\nconst made = ${local}();\n${call}\nexport { made };\n`;
  const middleware = `@tracewright/middleware/${entry}`;
  return {
    [`fixtures/traces-${named}/before/package.json`]: manifest('node server.js', using),
    [`fixtures/traces-${named}/after/package.json`]: manifest('node server.js', using),
    [`fixtures/traces-${named}/before/server.js`]: js('', ''),
    [`fixtures/traces-${named}/after/server.js`]: js(`const { ${trace} } = require('${middleware}');\n`, `${trace}(made);\n`),
    [`fixtures/traces-${named}-in-typescript/before/package.json`]: manifest('tsx server.ts', using),
    [`fixtures/traces-${named}-in-typescript/after/package.json`]: manifest('tsx server.ts', using),
    [`fixtures/traces-${named}-in-typescript/before/server.ts`]: ts('', ''),
    [`fixtures/traces-${named}-in-typescript/after/server.ts`]: ts(`import { ${trace} } from '${middleware}';\n`, `${trace}(made);\n`),
    'fixtures/skips-a-program-without-it/before/package.json': manifest('node server.js', ''),
    'fixtures/skips-a-program-without-it/before/server.js':
      "const http = require('http');\n\nhttp.createServer((req, res) => res.end('ok')).listen(3000);\n",
  };
}
