export { publishedIds, transformModule } from './publish.ts';
