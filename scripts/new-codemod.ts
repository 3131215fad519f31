import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const id = process.argv[2] ?? '';

/** A codemod that type-checks, passes its one fixture and changes nothing yet. */
function filesFor(name: string): Readonly<Record<string, string>> {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return {
    'codemod.ts': `import type { Codemod } from '../../src/contract/index.ts';
import { reasons } from './reasons.ts';

/** One place to change. */
export interface Site {
  readonly file: string;
}

const needles = ['TODO-name-a-package'];

const codemod: Codemod<Site> = {
  meta: {
    id: '${name}',
    title: '${title}',
    description: 'Say in full sentences what is different after it.',
    kind: 'span',
    scope: 'file',
    targets: {},
    mentions: needles,
    after: [],
  },
  expects: [],
  detect(repo) {
    const sites = repo.mentioning(needles).map((file) => ({ file }));
    if (sites.length > 0) return { status: 'applies', sites };
    return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
  },
  plan() {
    return { edits: [], tasks: [] };
  },
};

export default codemod;
`,
    'reasons.ts': `/** Every sentence this codemod says. */
export const reasons = {
  nothing: 'No file uses what this codemod changes.',
  nothingNext: 'Nothing to do.',
};
`,
    'fixtures/skips-a-program-without-it/before/package.json':
      '{\n  "name": "shop",\n  "version": "1.0.0",\n  "scripts": {\n    "start": "node server.js"\n  }\n}\n',
    'fixtures/skips-a-program-without-it/before/server.js':
      "const http = require('http');\n\nhttp.createServer((req, res) => res.end('ok')).listen(3000);\n",
  };
}

const folder = join(root, 'codemods', id);
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id)) {
  console.error('new-codemod: give an id in kebab case, <target>-<outcome>: npm run new-codemod -- fastify-tracing');
  process.exitCode = 1;
} else if (existsSync(folder)) {
  console.error(`new-codemod: codemods/${id} is already there`);
  process.exitCode = 1;
} else {
  for (const [file, text] of Object.entries(filesFor(id))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    console.log(`codemods/${id}/${file}`);
  }
  console.log('Next: write a fixture, then the codemod, then `npm run generate` and `npx vitest run tests/codemods.test.ts`.');
}
