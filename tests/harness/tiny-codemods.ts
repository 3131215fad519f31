import type { Codemod, Edit } from '../../src/contract/index.ts';
import type { Workbench } from '../../src/engine/index.ts';
import { workbenchOf } from './plan-fixture.ts';

const line = '// traced\n';

/** Puts a comment first in every file that mentions express, adds a dependency, and creates a file in a new folder and a binary one. */
export const tinyMark: Codemod<string> = {
  meta: {
    id: 'tiny-mark',
    title: 'Mark files',
    description: 'Marks files.',
    kind: 'server',
    scope: 'repository',
    targets: {},
    mentions: ['express'],
    after: [],
  },
  expects: [],
  detect(repo) {
    const mentioned = repo.mentioning(['express']);
    const sites = mentioned.filter((file) => repo.read(file)?.toLowerCase().includes('traced') === false);
    if (sites.length > 0) return { status: 'applies', sites };
    if (mentioned.length > 0) return { status: 'satisfied', why: 'Every file is marked.' };
    return { status: 'unsupported', why: 'No file mentions express.', next: 'Use express.' };
  },
  plan(sites, repo) {
    const splices = sites.map(
      (file): Edit => ({
        kind: 'splice',
        file,
        start: bomOf(repo.read(file)),
        end: bomOf(repo.read(file)),
        text: line,
        why: 'Marks the file.',
      }),
    );
    const created: Edit[] = repo.files.includes('boot/deep/tracing.cjs')
      ? []
      : [
          { kind: 'manifest', file: 'package.json', path: ['dependencies', 'marker'], value: '1.0.0', why: 'Adds the marker.' },
          { kind: 'create', file: 'boot/deep/tracing.cjs', text: 'module.exports = 1;\n', why: 'Adds the bootstrap.' },
          { kind: 'create', file: 'vendor/marker.tgz', asset: 'marker.tgz', why: 'Brings the marker along.' },
        ];
    return { edits: [...splices, ...created], tasks: [] };
  },
};

/** Replaces the mark and edits the file that tiny-mark created: work on top of an earlier apply. */
export const tinyRemark: Codemod<string> = {
  meta: { ...tinyMark.meta, id: 'tiny-remark', title: 'Mark files again', mentions: ['traced'], after: ['tiny-mark'] },
  expects: [],
  detect(repo) {
    const sites = repo.mentioning(['traced']).filter((file) => repo.read(file)?.includes('// traced'));
    return sites.length > 0 ? { status: 'applies', sites } : { status: 'satisfied', why: 'Nothing left to mark again.' };
  },
  plan(sites, repo) {
    const edits = sites.map((file): Edit => {
      const start = repo.read(file)?.indexOf('// traced') ?? 0;
      return { kind: 'splice', file, start, end: start + '// traced'.length, text: '/* TRACED\n twice */', why: 'Marks the file again.' };
    });
    const bootstrap: Edit[] = repo.files.includes('boot/deep/tracing.cjs')
      ? [{ kind: 'splice', file: 'boot/deep/tracing.cjs', start: 0, end: 0, text: '// again\n', why: 'Marks the bootstrap.' }]
      : [];
    return { edits: [...edits, ...bootstrap], tasks: [] };
  },
};

/** Plans with the first, or with both. */
export function tinyWorkbench(codemods: readonly Codemod[] = [tinyMark]): Workbench {
  return workbenchOf(codemods);
}

/** A small repository with CRLF, a BOM, an executable and a lock file. */
export const tinyFiles: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\n',
  'bin/www': '#!/usr/bin/env node\nrequire("../app");\n',
  'app.js': 'const express = require("express");\r\nexpress();\r\n',
  'lib/bom.js': '\uFEFFmodule.exports = "express \u{1F600}";',
  'lib/other.js': 'module.exports = 2;\n',
  'package.json':
    '{\n  "name": "tiny",\n  "scripts": {\n    "start": "node bin/www"\n  },\n  "dependencies": {\n    "express": "4.18.2"\n  }\n}\n',
  'package-lock.json': '{\n  "lockfileVersion": 3\n}\n',
};

function bomOf(text: string | undefined): number {
  return text?.startsWith('\uFEFF') ? 1 : 0;
}
