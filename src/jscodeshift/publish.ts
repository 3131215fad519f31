import { findCodemod, listCodemods } from '../registry/index.ts';

/** Codemods that decide file by file, so they run in jscodeshift pipelines too. */
export function publishedIds(): readonly string[] {
  return listCodemods().flatMap(({ meta }) => (meta.scope === 'file' ? [meta.id] : []));
}

/** Text of `dist/jscodeshift/<id>.cjs`. The bytes are looked at before anything is loaded: most files of a run have nothing to do. */
export function transformModule(id: string): string {
  const { meta } = findCodemod(id);
  return `'use strict';

// ${meta.title}.
const needles = ${JSON.stringify(meta.mentions)};

module.exports = function transform(fileInfo) {
  if (!needles.some((needle) => fileInfo.source.includes(needle))) return undefined;
  return require('../src/jscodeshift/ask-worker.cjs').askWorker(${JSON.stringify(id)}, fileInfo);
};
`;
}
