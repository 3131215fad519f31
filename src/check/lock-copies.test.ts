import { describe, expect, it } from 'vitest';
import { apiCopiesIn } from './lock-copies.ts';

const yarn1 = (asker: string): string => `# yarn lockfile v1

"@opentelemetry/api@1.9.1":
  version "1.9.1"
  resolved "https://registry.yarnpkg.com/api.tgz"

"@opentelemetry/api@^1.3.0":
  version "1.10.0"

"${asker}@0.223.0":
  version "0.223.0"
  dependencies:
    "@opentelemetry/api" "^1.3.0"
`;

const berry = (asker: string): string => `__metadata:
  version: 8

"@opentelemetry/api@npm:1.9.1":
  version: 1.9.1

"@opentelemetry/api@npm:^1.3.0":
  version: 1.10.0

"${asker}@npm:0.223.0":
  version: 0.223.0
  dependencies:
    "@opentelemetry/api": "npm:^1.3.0"

"shop@workspace:.":
  version: 0.0.0-use.local
  dependencies:
    "@opentelemetry/api": "npm:1.9.1"
`;

describe('copies of the API in a lock file', () => {
  it.each([
    ['yarn 1', yarn1],
    ['yarn berry', berry],
  ])('%s: the one that api-logs alone asks for is not loaded, any other is', (_, lock) => {
    expect(apiCopiesIn('yarn.lock', lock('@opentelemetry/api-logs')).map(({ version }) => version)).toEqual(['1.9.1']);
    expect(apiCopiesIn('yarn.lock', lock('@opentelemetry/api-logs').replaceAll('\n', '\r\n'))).toHaveLength(1);
    expect(apiCopiesIn('yarn.lock', lock('some-library')).map(({ version }) => version)).toEqual(['1.10.0', '1.9.1']);
  });

  it('npm: the same', () => {
    const lock = (owner: string): string =>
      JSON.stringify({
        packages: {
          'node_modules/@opentelemetry/api': { version: '1.9.1' },
          [`node_modules/${owner}/node_modules/@opentelemetry/api`]: { version: '1.10.0' },
        },
      });
    expect(apiCopiesIn('package-lock.json', lock('@opentelemetry/api-logs'))).toHaveLength(1);
    expect(apiCopiesIn('package-lock.json', lock('some-library'))).toHaveLength(2);
  });
});
