import type { NewService, Survey } from '../contract/index.ts';
import { plainName } from './check-answers.ts';

/** What a survey would say of a new service, as far as anybody asks before it is there: who it is, and what installs it. */
export function surveyOfNew({ name, services }: NewService): Survey {
  const own = {
    dir: '',
    manifest: 'package.json',
    name,
    type: 'esm',
    dependencies: [],
    packageManager: 'npm',
    lockfiles: [],
    workspaceRoot: false,
    root: '',
  } as const;
  const alone = services === undefined ? [{ name: plainName(name), package: '', entries: [], launches: [] }] : [];
  return { packages: [own], services: alone, dockerfiles: [], mounts: [], telemetry: [], loggers: [], problems: [] };
}
