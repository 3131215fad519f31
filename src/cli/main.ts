#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const words = process.argv.slice(2);

if (words[0] === '--version' || words[0] === '-V') process.stdout.write(`${readVersion()}\n`);
else {
  const asked = words.length === 0 || words[0] === 'help' || before(words, '--').some((word) => word === '--help' || word === '-h');
  const help = asked ? (await import('./help.ts')).helpFor(words, readVersion()) : undefined;
  if (help === undefined) process.exitCode = await (await import('./start.ts')).start(words);
  else process.stdout.write(help);
}

function before(list: readonly string[], word: string): readonly string[] {
  return list.includes(word) ? list.slice(0, list.indexOf(word)) : list;
}

/** Read here, because asking the engine for it would load the engine. */
function readVersion(): string {
  for (const up of ['../../', '../../../']) {
    try {
      const manifest = JSON.parse(readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8')) as { version: string };
      return manifest.version;
    } catch {
      // dist lies one folder deeper than src
    }
  }
  return 'unknown';
}
