import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Step } from './dockerfile.ts';
import { commandPath } from './tools.ts';

/** What an image would hold and start, as folders of this machine. */
export interface Image {
  /** Stands for `/` of the container. */
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  /** Container folders that the Dockerfile names: absolute paths below them mean the image, all others this machine. */
  readonly places: Set<string>;
  entrypoint?: Step;
  cmd?: Step;
}

/** One build of a Dockerfile. */
export interface Build {
  readonly context: string;
  readonly files: readonly string[];
  readonly folder: string;
  readonly stages: Map<string, Image>;
  readonly args: Record<string, string>;
}

/** What a container of the image is given; commands that only a distribution has do nothing. */
export function environmentOf(image: Image): Record<string, string> {
  const env = Object.fromEntries(Object.entries(image.env).map(([name, value]) => [name, inside(value, image)]));
  return {
    HOME: process.env['HOME'] ?? image.root,
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    ...env,
    PATH: commandPath(),
  };
}

/** The command with the folders of the image where this machine has them. */
export function inside(text: string, { places, root }: Image): string {
  const longest = [...places].filter((place) => place !== '/').sort((a, b) => b.length - a.length);
  if (longest.length === 0) return text;
  const alternatives = longest.map((place) => place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text.replace(new RegExp(`(?<![\\w./-])(?:${alternatives})(?![\\w-])`, 'g'), (place) => join(root, place));
}

/** `$NAME`, `${NAME}`, `${NAME:-default}` with what is stated; '' for what is not. */
export function valued(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g, (_all, braced?: string, otherwise?: string, plain?: string) => {
    return env[braced ?? plain ?? ''] ?? otherwise ?? '';
  });
}

export function unquoted(text: string): string {
  return text.replace(/^(["'])([\s\S]*)\1$/, '$2');
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

export function put(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, force: true });
}
