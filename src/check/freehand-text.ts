import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { isTestFile, languageOf } from '../ast/index.ts';
import { isShipped } from '../cohort/index.ts';
import { catalogue } from '../contract/index.ts';
import { type Finding, finding, lineIn } from './finding.ts';
import { freehandNeedles, freehandOf } from './freehand.ts';

/** Files that say how a program is started. */
const launches = /(?:^|\/)(?:[^/]*Dockerfile[^/]*|Procfile|\.env[^/]*|\.npmrc|package\.json|[^/]*\.(?:ya?ml|sh|toml))$/i;
const manifest = /(?:^|\/)package\.json$/;
const source = /\.(?:[cm]?[jt]s|[jt]sx|es6)$/i;
const preload = /auto-instrumentations-node\/register/;
const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Whether a file is one that OpenTelemetry could be written into by hand; tests and installed packages are not. */
export function isLookedAt(file: string): boolean {
  if (isTestFile(file) || /(?:^|\/)node_modules\//.test(file)) return false;
  return launches.test(file) || source.test(file) || /(?:^|\/)bin\/[^/.]+$/.test(file);
}

/** What is written by hand in a file with that text: source is parsed, manifests and launches are read. */
export function freehandInText(file: string, text: string): readonly Finding[] {
  if (!freehandNeedles.some((needle) => text.includes(needle))) return [];
  if (launches.test(file)) return [...preloads(file, text), ...(manifest.test(file) ? packages(file, text) : [])];
  if (languageOf(file) === undefined) return [];
  return freehandOf(file, text) ?? [unread(file)];
}

function unread(file: string): Finding {
  return {
    ...finding('TW2017', file, 1, 'It mentions OpenTelemetry, and cannot be parsed, so nobody knows what it does.', catalogue.TW2017.next),
    level: 'warning',
  };
}

function preloads(file: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) => {
    if (!preload.test(line) || /^\s*#/.test(line)) return [];
    return [finding('TW2110', file, index + 1, 'auto-instrumentations-node/register starts a second SDK beside the bootstrap.')];
  });
}

/** Packages in other versions than codemods write. Names of attributes are constants, and do nothing. */
function packages(file: string, text: string): readonly Finding[] {
  const root = parseTree(text.replace(/^\uFEFF/, ' '));
  return sections.flatMap((section) => {
    const members = (root && findNodeAtLocation(root, [section]))?.children ?? [];
    return members.flatMap((member) => {
      const [name = '', range = ''] = (member.children ?? []).map(({ value }: Node) => String(value));
      if (!name.startsWith('@opentelemetry/') || name === '@opentelemetry/semantic-conventions' || isShipped(name, range)) return [];
      return [finding('TW2113', file, lineIn(text, member.offset), `${name} ${range} is no version that codemods write.`)];
    });
  });
}
