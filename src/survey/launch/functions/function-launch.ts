import type { Build, Evidence, Launch, ModuleSystem } from '../../../contract/index.ts';
import { entryFile } from '../entry-file.ts';
import { type FoundLaunch, purposeOf } from '../launch.ts';
import type { Surroundings } from '../trail.ts';

/** A function that AWS Lambda runs, as a deployment file states it. */
export interface StatedFunction {
  readonly name: string;
  /** `src/hello.handler`, as written. */
  readonly handler: string;
  /** The file without its extension, in the repository. */
  readonly path: string;
  /** The folder that is put into the function; what lies outside of it is not there. */
  readonly deployed: string;
  /** Another platform than AWS Lambda. */
  readonly elsewhere?: string;
  /** What bundles the function for its deployment. */
  readonly bundle?: Build;
  readonly evidence: Evidence;
}

/** The platform starts Node, so there is no place for flags. */
export function functionLaunch(around: Surroundings, stated: StatedFunction): FoundLaunch {
  const { name, handler, path, deployed, elsewhere, bundle, evidence } = stated;
  const entry = entryFile(around.reading, around.manifests, path);
  const launch: Launch = {
    kind: 'serverless',
    name,
    command: handler,
    cwd: deployed,
    chain: [name],
    runner: elsewhere ?? (bundle === undefined ? 'aws-lambda' : 'aws-lambda-bundle'),
    purpose: purposeOf(name) === 'development' ? 'development' : 'production',
    evidence,
    ...(entry !== undefined && { entry }),
  };
  return {
    launch,
    isFrontEnd: false,
    ...(bundle !== undefined && { bundle }),
    ...(entry === undefined && { lost: { code: 'TW1010', detail: `\`${handler}\`` } }),
  };
}

/** The build that a deployment tool runs with esbuild or webpack, unless something is kept outside. */
export function bundleOf(tool: 'esbuild' | 'webpack', emits: ModuleSystem, config: string, evidence: Evidence): Build {
  const closed = emits === 'esm' && !/createRequire/.test(config);
  return { tool, emits, bundles: true, ...(closed && { closed }), evidence };
}
