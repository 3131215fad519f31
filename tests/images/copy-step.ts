import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { expressionOf } from './build-context.ts';
import type { Step } from './dockerfile.ts';
import { type Build, type Image, isFolder, put, valued } from './stage.ts';

/** COPY and ADD: from the build context, from an earlier stage, or a text of its own. */
export function copy(step: Step, image: Image, build: Build): void {
  const words = (step.exec ?? step.rest.split('\n')[0]?.split(/\s+/) ?? []).map((word) => valued(word, image.env));
  const written = words.at(-1) || '.';
  const to = posix.resolve(image.workdir, written);
  if (to !== '/') image.places.add(to);
  const [text] = step.heredocs;
  if (text !== undefined) {
    write(join(image.root, to), text);
    return;
  }
  const [from] = step.flags['from'] ?? [];
  const stage = from === undefined ? undefined : build.stages.get(from.toLowerCase());
  // Another image: nothing of it is known.
  if (from !== undefined && stage === undefined) return;
  const paths = words.slice(0, -1).flatMap((source) => pathsOf(source, stage, build));
  const target = join(image.root, to);
  const isInto = /\/$|^\.{1,2}$/.test(written) || paths.length > 1 || isFolder(target);
  for (const path of paths) putOne(path, target, isInto, stage, build);
}

function pathsOf(source: string, stage: Image | undefined, build: Build): readonly string[] {
  if (source === '') return [];
  const paths = stage ? inStage(stage, source) : inContext(build, source);
  if (paths.length === 0 && !/[*?[]/.test(source))
    throw new Error(`COPY: ${source} is not in ${stage ? 'the stage' : 'the build context'}`);
  return paths;
}

/** A folder is its content, a file goes into a folder or takes the name that is written. */
function putOne(path: string, target: string, isInto: boolean, stage: Image | undefined, build: Build): void {
  const from = join(stage ? stage.root : build.context, path);
  if (!isFolder(from) || stage) {
    put(from, isInto && !isFolder(from) ? join(target, basename(path)) : target);
    return;
  }
  const below = path === '' ? '' : `${path}/`;
  for (const file of build.files.filter((each) => each.startsWith(below)))
    put(join(build.context, file), join(target, file.slice(below.length)));
}

function inStage(stage: Image, source: string): readonly string[] {
  const path = posix.resolve('/', source);
  if (!/[*?[]/.test(path)) return existsSync(join(stage.root, path)) ? [path] : [];
  const folder = posix.dirname(path);
  if (!existsSync(join(stage.root, folder))) return [];
  const names = readdirSync(join(stage.root, folder)).filter((name) => expressionOf(basename(path)).test(name));
  return names.map((name) => posix.join(folder, name));
}

/** Paths of the context that a source names; '' is all of it. */
export function inContext({ files }: Build, source: string): readonly string[] {
  const path = posix.resolve('/', source).slice(1);
  if (path === '') return [''];
  const depth = path.split('/').length;
  const names = new Set(files.map((file) => file.split('/').slice(0, depth).join('/')));
  return [...names].filter((name) => (/[*?[]/.test(path) ? expressionOf(path).test(name) : name === path));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
