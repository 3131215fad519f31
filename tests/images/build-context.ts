import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a build context that Docker is given: all but what `.dockerignore` leaves out. */
export function contextOf(folder: string, dockerfile: string): readonly string[] {
  const own = join(folder, `${dockerfile}.dockerignore`);
  const file = existsSync(own) ? own : join(folder, '.dockerignore');
  const patterns = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
  const rules = patterns.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return list(folder).filter((path) => !isLeftOut(path, rules));
}

function list(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    if (name === '.git') return [];
    return statSync(join(folder, path)).isDirectory() ? list(folder, path) : [path];
  });
}

/** The last pattern that matches the file or a folder above it decides. */
function isLeftOut(path: string, rules: readonly string[]): boolean {
  const parts = path.split('/');
  const paths = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
  return rules.reduce((left, rule) => {
    const matcher = expressionOf(rule.replace(/^!\s*/, ''));
    return paths.some((each) => matcher.test(each)) ? !rule.startsWith('!') : left;
  }, false);
}

/** A pattern of `.dockerignore` or COPY, from the root of the context. */
export function expressionOf(pattern: string): RegExp {
  const rooted = pattern.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  if (rooted === '' || rooted === '.') return /^/;
  const source = rooted
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*\*\//g, '(?:.*/)?')
    .replace(/\*\*/g, '.*')
    .replace(/(?<![.)])\*/g, '[^/]*')
    .replace(/(?<!\()\?(?!:)/g, '[^/]');
  return new RegExp(`^${source}$`);
}
