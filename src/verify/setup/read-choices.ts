import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSetup } from './read-setup.ts';
import { createMasker, type Masker, readEnvFiles } from './secrets.ts';
import type { Setup } from './setup.ts';

/** What `tracewright.yaml` decides for traces of tests, which start their programs themselves. */
export interface Choices {
  /** Further attributes that a golden trace may hold. */
  readonly attributes: readonly string[];
  readonly masker: Masker;
}

/** Knows what the programs know: the environment, that of each service, and `.env` files. */
export function maskerFor(
  root: string,
  services: Setup['services'],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Masker {
  const folders = [root, ...services.map(({ dir }) => join(root, dir))];
  return createMasker([env, ...services.map((service) => service.env), ...readEnvFiles([...new Set(folders)])]);
}

/** Throws TW3006. */
export function readChoices(root: string, env?: Readonly<Record<string, string | undefined>>): Choices {
  const file = join(root, 'tracewright.yaml');
  const { attributes, services } = existsSync(file) ? readSetup(readFileSync(file, 'utf8')) : { attributes: [], services: [] };
  return { attributes, masker: maskerFor(root, services, env) };
}
