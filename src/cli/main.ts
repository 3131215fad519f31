#!/usr/bin/env node
import { readFileSync } from 'node:fs';

// No syntax here that Node 14 cannot read, nor a static import of what may have some: an old Node is to be told what it lacks.
const words = process.argv.slice(2);
const { version, engines } = readManifest();

if (words[0] === '--version' || words[0] === '-V') process.stdout.write(`${version}\n`);
else if (isOlder(process.versions.node, engines.node))
  process.exitCode = (await import('./refuse-node.ts')).refuseNode(words, engines.node);
else {
  const asked = words.length === 0 || words[0] === 'help' || before(words, '--').some((word) => word === '--help' || word === '-h');
  const help = asked ? (await import('./help.ts')).helpFor(words, version) : undefined;
  if (help === undefined) process.exitCode = await (await import('./start.ts')).start(words);
  else process.stdout.write(help);
}

function before(list: readonly string[], word: string): readonly string[] {
  return list.includes(word) ? list.slice(0, list.indexOf(word)) : list;
}

/** Whether a version is below the range `>=x.y`. */
function isOlder(running: string, range: string): boolean {
  const [major = 0, minor = 0] = running.split('.').map(Number);
  const [needed = 0, neededMinor = 0] = range.replace('>=', '').split('.').map(Number);
  return major < needed || (major === needed && minor < neededMinor);
}

/** Read here, because asking the engine for it would load the engine. */
function readManifest(): { version: string; engines: { node: string } } {
  for (const up of ['../../', '../../../']) {
    try {
      return JSON.parse(readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8'));
    } catch {
      // dist lies one folder deeper than src
    }
  }
  return { version: 'unknown', engines: { node: '>=0.0' } };
}
