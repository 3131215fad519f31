import { createHash } from 'node:crypto';
import { middlewareVersion } from '../cohort/middleware.ts';
import { shippedVersion } from '../cohort/shipped-versions.ts';
import type { CohortId, NewService } from '../contract/index.ts';
import { toolVersion } from '../engine/plan/toolkit.ts';
import { plainName } from './check-answers.ts';
import { type NodeLine, nodeLines, written } from './node-lines.ts';
import type { TemplateFiles } from './read-templates.ts';

/** What templates call the service; a word that is nothing else anywhere in them. */
export const PLACEHOLDER = 'the-service';

/** The packed middleware in `vendor/`, as `otel-bootstrap` names it. */
export const tarball: string = `tracewright-middleware-${middlewareVersion}.tgz`;

const MIDDLEWARE = '@tracewright/middleware';

interface Manifest {
  engines?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface Lock {
  readonly packages: Record<string, Manifest & { version?: string; resolved?: string; integrity?: string }>;
}

/** The files of a template with the answers in them. `packed`: bytes of the middleware, for the lock file. */
export function fillTemplate(template: TemplateFiles, answers: NewService, packed: Uint8Array): Readonly<Record<string, string>> {
  const line = nodeLines.find(({ major }) => major === answers.node) ?? nodeLines[0];
  if (line === undefined) return {};
  // Nobody reads a workflow that lies below the root of a repository.
  const kept = Object.entries(template.files).filter(([file]) => answers.inside !== true || !file.startsWith('.github/'));
  const files = kept.map(([file, text]) => [file, fill(file, text, { template, answers, packed, line })] as const);
  return Object.fromEntries(files);
}

interface Filling {
  readonly template: TemplateFiles;
  readonly answers: NewService;
  readonly packed: Uint8Array;
  readonly line: NodeLine;
}

function fill(file: string, text: string, { template, answers, packed, line }: Filling): string {
  const name = file.split('/').at(-1) ?? '';
  if (name === 'package.json') return json(setVersions(JSON.parse(named(text, answers.name)), line));
  if (name === 'package-lock.json') {
    const locked = line.major === written ? text : (template.locks[line.cohort] ?? text);
    return json(setLock(JSON.parse(named(locked, answers.name)), line, packed));
  }
  // A package of its own is imported by its whole name.
  const own = text.replaceAll(`from '${PLACEHOLDER}`, `from '${answers.name}`);
  return onLine(named(own, plainName(answers.name)), line).replaceAll(/\btracewright@\d+\.\d+\.\d+/g, `tracewright@${toolVersion()}`);
}

function named(text: string, name: string): string {
  return text.replaceAll(PLACEHOLDER, name);
}

/** The images and the CI of the service run the same Node.js. */
function onLine(text: string, { major }: NodeLine): string {
  return text.replaceAll(/^(FROM node:|\s+(?:- )?node-version: |\s+image: node:)\d+/gm, `$1${major}`);
}

/** Versions of OpenTelemetry by the rows of the cohort; all others stay. */
function setVersions<T extends Manifest>(manifest: T, { range, cohort }: NodeLine): T {
  if (manifest.engines?.['node'] !== undefined) manifest.engines['node'] = range;
  for (const list of [manifest.dependencies, manifest.devDependencies])
    for (const [name, now] of Object.entries(list ?? {})) if (list !== undefined) list[name] = versionOf(name, cohort) ?? now;
  return manifest;
}

function versionOf(name: string, cohort: CohortId): string | undefined {
  return name === MIDDLEWARE ? `file:vendor/${tarball}` : shippedVersion(cohort, name);
}

/** Where the packed middleware lies: beside each manifest that names it. */
export function vendored(files: Readonly<Record<string, string>>): readonly string[] {
  const manifests = Object.keys(files).filter((file) => /(?:^|\/)package\.json$/.test(file) && files[file]?.includes(`"${MIDDLEWARE}"`));
  return manifests.map((file) => file.replace(/package\.json$/, `vendor/${tarball}`));
}

function setLock(lock: Lock, line: NodeLine, packed: Uint8Array): Lock {
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/')) setVersions(entry, line);
    if (!path.endsWith(`node_modules/${MIDDLEWARE}`)) continue;
    entry.version = middlewareVersion;
    entry.resolved = entry.resolved?.replace(/[^/]+$/, tarball) ?? `file:vendor/${tarball}`;
    entry.integrity = `sha512-${createHash('sha512').update(packed).digest('base64')}`;
  }
  return lock;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
