interface Loaded {
  readonly id?: string;
  readonly filename?: string;
}

/**
 * What required a module first. Not asked where Node warns of the question (DEP0144 under `--pending-deprecation`): a program may make its
 * warnings errors.
 */
export function requiredBy(module: { readonly parent?: Loaded | null | undefined }): Loaded | null | undefined {
  return warnsOfPending ? undefined : module.parent;
}

const flags = process.execArgv.concat((process.env['NODE_OPTIONS'] || '').split(' '));
const warnsOfPending = process.env['NODE_PENDING_DEPRECATION'] === '1' || flags.indexOf('--pending-deprecation') >= 0;
