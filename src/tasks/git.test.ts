import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { taskRepo } from '../../tests/harness/task-repo.ts';
import { changeGit, gitWord, lookAtGit } from './git.ts';

it('a question to git runs no program that the repository names; a commit runs its hooks', async () => {
  const repo = taskRepo();
  const mark = join(repo.root, '..', 'ran');
  const plant = (name: string, lines: string): string => {
    const file = join(repo.root, '..', name);
    writeFileSync(file, `#!/bin/sh\n${lines}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  try {
    const signs = plant('signs', 'cat > /dev/null; echo; echo "[GNUPG:] SIG_CREATED " >&2; echo "-----BEGIN PGP SIGNATURE-----"');
    repo.git('-c', `gpg.program=${signs}`, 'commit', '-qS', '--allow-empty', '-m', 'signed');
    mkdirSync(join(repo.root, '../hooks'));
    for (const hook of ['post-index-change', 'reference-transaction']) plant(`hooks/${hook}`, `echo ${hook} >> ${mark}`);
    const settings = {
      'gpg.program': plant('gpg', `echo gpg >> ${mark}`),
      'log.showSignature': 'true',
      'core.fsmonitor': plant('monitor', `echo monitor >> ${mark}`),
      'core.hooksPath': join(repo.root, '../hooks'),
    };
    for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);

    const head = repo.git('rev-parse', 'HEAD').trim();
    expect(await gitWord(repo.root, ['log', '-1', '--format=%H', '--fixed-strings', '--grep=signed'])).toBe(head);
    expect(await gitWord(repo.root, ['ls-files', '-z', '--', '.'])).toContain('package.json');
    expect(await lookAtGit(repo.root, head)).toMatchObject({ branch: 'main', holds: true, lock: join(repo.root, '.git/index.lock') });
    expect(existsSync(mark)).toBe(false);

    await changeGit(repo.root, ['commit', '-q', '--allow-empty', '-m', 'x']);
    expect(existsSync(mark)).toBe(true);
  } finally {
    repo.remove();
  }
});

it('a detached HEAD is no branch, and a commit that is elsewhere is not held', async () => {
  const repo = taskRepo();
  try {
    const base = repo.git('rev-parse', 'HEAD').trim();
    repo.git('checkout', '-q', '--detach');
    expect(await lookAtGit(repo.root, base)).toMatchObject({ branch: undefined, holds: true });
    repo.git('checkout', '-q', '--orphan', 'other');
    repo.git('commit', '-qm', 'elsewhere');
    expect(await lookAtGit(repo.root, base)).toMatchObject({ branch: 'other', holds: false });
  } finally {
    repo.remove();
  }
});
