import { cpSync, mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { contextOf } from './build-context.ts';
import { copy } from './copy-step.ts';
import { readSteps, type Step } from './dockerfile.ts';
import { run } from './run-step.ts';
import { type Build, type Image, unquoted, valued } from './stage.ts';

/** Replays every stage of a Dockerfile into folders, with this machine's Node.js; throws where Docker would stop. */
export function replay(text: string, dockerfile: string, context: string, folder: string): Image {
  const build: Build = { context, files: contextOf(context, dockerfile), folder, stages: new Map(), args: {} };
  let image: Image | undefined;
  for (const step of readSteps(text)) {
    if (step.keyword === 'FROM') image = begin(step, build);
    else if (image === undefined) stateArg(step, build.args, build.args);
    else steps[step.keyword]?.(step, image, build);
  }
  if (image === undefined) throw new Error('no FROM');
  return image;
}

function begin(step: Step, build: Build): Image {
  const [name = '', , as] = valued(step.rest, build.args).split(/\s+/);
  const index = new Set(build.stages.values()).size;
  const base = build.stages.get(name.toLowerCase());
  const root = join(build.folder, `stage-${index}`);
  mkdirSync(root, { recursive: true });
  if (base) cpSync(base.root, root, { recursive: true, verbatimSymlinks: true });
  const image: Image = base
    ? { ...base, root, env: { ...base.env }, places: new Set(base.places) }
    : { root, workdir: '/', env: {}, places: new Set() };
  // These images start node themselves.
  if (/distroless\/nodejs/.test(name)) image.entrypoint = { keyword: 'ENTRYPOINT', flags: {}, rest: '', exec: ['node'], heredocs: [] };
  build.stages.set(String(index), image);
  if (as !== undefined) build.stages.set(as.toLowerCase(), image);
  return image;
}

const steps: Readonly<Record<string, (step: Step, image: Image, build: Build) => void>> = {
  WORKDIR: enter,
  ENV: ({ rest }, { env }) => stateEnv(rest, env),
  ARG: (step, { env }, { args }) => stateArg(step, env, args),
  COPY: copy,
  ADD: copy,
  RUN: run,
  CMD(step, image) {
    image.cmd = step;
  },
  ENTRYPOINT(step, image) {
    image.entrypoint = step;
    delete image.cmd;
  },
};

function enter({ rest }: Step, image: Image): void {
  image.workdir = posix.resolve(image.workdir, valued(unquoted(rest), image.env));
  image.places.add(image.workdir);
  mkdirSync(join(image.root, image.workdir), { recursive: true });
}

function stateEnv(text: string, env: Record<string, string>): void {
  if (!/^\w+=/.test(text)) {
    const [, name = '', value = ''] = /^(\w+)\s+([\s\S]*)$/.exec(text) ?? [];
    env[name] = valued(unquoted(value), env);
    return;
  }
  for (const [, name = '', value = ''] of text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)) env[name] = valued(unquoted(value), env);
}

function stateArg({ keyword, rest }: Step, env: Record<string, string>, args: Readonly<Record<string, string>>): void {
  if (keyword !== 'ARG') return;
  const [name = '', ...value] = rest.split('=');
  env[name] ??= args[name] ?? valued(unquoted(value.join('=')), env);
}
