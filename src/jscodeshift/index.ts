export { publishedIds, transformModule } from './publish.ts';
export { type FileInfo, transformFile } from './transform-file.ts';
