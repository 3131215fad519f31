import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** For `node --import`: runs TypeScript as it stands. `import.meta.resolve` is not there under every vite. */
export const tsxLoader: string = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
