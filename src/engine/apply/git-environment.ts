import { spawnSync } from 'node:child_process';

/** What every call is told: no program that the configuration of a repository names, which may be a stranger's. Reads are never a reason to fetch. */
const quiet: readonly Setting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.quotePath', 'false'],
  ['log.showSignature', 'false'],
  ['safe.bareRepository', 'explicit'],
];

type Setting = readonly [key: string, value: string];

/** The environment in which git reads a repository and runs nothing: not its monitor, its hooks, its filters, or a transport. */
export function gitEnvironment(root: string, own: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const env = recordsEnvironment(own);
  return withSettings(env, filtersOf(root, env));
}

/** The same for what git answers from its own records (refs, objects, names in the index): no filter takes part in that, so nobody has to ask for them. */
export function recordsEnvironment(own: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const env = {
    ...own,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  };
  return withSettings(env, quiet);
}

/** Settings that stand over those of every file; a key may hold any character, as on the command line it may not. */
function withSettings(env: NodeJS.ProcessEnv, settings: readonly Setting[]): NodeJS.ProcessEnv {
  const first = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${first + index}`, key],
    [`GIT_CONFIG_VALUE_${first + index}`, value],
  ]);
  return { ...env, ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(first + settings.length) };
}

/** Switches off the filters that the repository itself configures. Those of the user stay, and so does Git LFS, as its installer writes it. */
function filtersOf(root: string, env: NodeJS.ProcessEnv): readonly Setting[] {
  const words = ['config', '--show-scope', '-z', '--get-regexp', '^filter\\.'];
  const { stdout } = spawnSync('git', words, { cwd: root, env, encoding: 'utf8' });
  const fields = (stdout ?? '').split('\0');
  return fields.flatMap((scope, index): readonly Setting[] => {
    const [key = '', ...value] = (fields[index + 1] ?? '').split('\n');
    const isOwn = index % 2 === 0 && (scope === 'local' || scope === 'worktree');
    if (!isOwn || /^git-lfs (?:clean|smudge|filter-process)\b[\w\s%-]*$/.test(value.join('\n'))) return [];
    return key.endsWith('.required') ? [[key, 'false']] : [[key, '']];
  });
}
