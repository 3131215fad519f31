import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryOf } from '../../src/libraries/index.ts';
import type { Kind, Names } from './names.ts';

const roles: Readonly<Record<Kind, readonly [role: string, folder: string]>> = {
  server: ['server', 'servers'],
  client: ['client', 'clients'],
  messaging: ['queue', 'messaging'],
  log: ['logger', 'loggers'],
};

/** The library's row: a new file, or the row that is there with our codemod as what traces it. */
export function rowFiles(root: string, { id, kind, library, entry }: Names): Readonly<Record<string, string>> {
  const span = `{ by: 'codemod', id: '${id}', versions: '*' }`;
  if (libraryOf(library) === undefined) {
    const [role, folder] = roles[kind];
    const text = `import type { Library } from '../../library.ts';\n\nexport const libraries: readonly Library[] = [{ name: '${library}', role: '${role}', spans: [${span}] }];\n`;
    return { [`src/libraries/rows/${folder}/${entry}.ts`]: text };
  }
  const rows = join(root, 'src/libraries/rows');
  const files = readdirSync(rows, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file !== 'index.gen.ts');
  for (const file of files) {
    const text = readFileSync(join(rows, file), 'utf8');
    const start = text.indexOf(`name: '${library}',`);
    if (start === -1) continue;
    const end = text.indexOf('name: ', start + 6);
    const row = text.slice(start, end === -1 ? undefined : end);
    const traced = row
      .replace('spans: [', row.includes('spans: []') ? `spans: [${span}` : `spans: [${span}, `)
      .replace(/\s*routes: 'unread',?/, '');
    return { [`src/libraries/rows/${file}`]: text.replace(row, traced) };
  }
  throw new Error(`src/libraries knows ${library} by a prefix; write a row of its own`);
}

/** The middleware's half: an entry that gives the value back, with its types, in the package's lists. */
export function middlewareFiles(root: string, { entry, library, trace }: Names): Readonly<Record<string, string>> {
  const manifest: { exports: Record<string, unknown>; files: string[] } = JSON.parse(
    readFileSync(join(root, 'middleware/package.json'), 'utf8'),
  );
  const { './package.json': own, ...entries } = manifest.exports;
  const fresh = {
    import: { types: `./esm/${entry}.d.mts`, default: `./esm/${entry}.mjs` },
    require: { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
  };
  const files = [...manifest.files.filter((file) => file !== 'README.md'), entry, 'README.md'];
  const changed = { ...manifest, exports: { ...entries, [`./${entry}`]: fresh, './package.json': own }, files };
  return {
    [`middleware/src/${entry}.ts`]: `/** Say what it does for what ${library} makes. The value is given back as it is; nothing here may throw into the program. */
export function ${trace}<Value extends object>(value: Value): Value {
  return value;
}
`,
    [`middleware/esm/${entry}.mjs`]: `import cjs from '../dist/${entry}.js';\n\nexport const { ${trace} } = cjs;\n`,
    [`middleware/esm/${entry}.d.mts`]: `export * from '../dist/${entry}.js';\n`,
    [`middleware/${entry}/package.json`]: `{\n  "main": "../dist/${entry}.js",\n  "types": "../dist/${entry}.d.ts"\n}\n`,
    'middleware/package.json': `${JSON.stringify(changed, null, 2)}\n`,
  };
}

/** A little program that uses the library, with the scenario that proves its spans; not in CI until it has golden traces. */
export function exampleFiles({ id, library, local }: Names): Readonly<Record<string, string>> {
  return {
    [`examples/${id}/README.md`]: `# ${id}\n\nSay what the program is, and which of its lines the codemod is about.\n\nInstall in \`app/\`, then \`tracewright record\` there writes the golden traces that \`page.ts\` of the codemod names.\n`,
    [`examples/${id}/scenario.yaml`]: `version: 1\nservices:\n  - name: ${id}\n    command: npm start\nscenarios:\n  - name: first\n    requests:\n      - path: /\n        expect: { status: 200 }\n`,
    [`examples/${id}/app/package.json`]: `{\n  "name": "${id}",\n  "version": "1.0.0",\n  "private": true,\n  "engines": {\n    "node": ">=20.6"\n  },\n  "scripts": {\n    "start": "node server.js"\n  },\n  "dependencies": {\n    "${library}": "*"\n  }\n}\n`,
    [`examples/${id}/app/server.js`]: `const http = require('http');\nconst ${local} = require('${library}');\n\nconst made = ${local}();\n\nhttp.createServer((req, res) => res.end(typeof made)).listen(process.env.PORT || 8080);\n`,
  };
}
