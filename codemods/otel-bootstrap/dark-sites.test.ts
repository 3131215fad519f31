import { expect, it } from 'vitest';
import { takeSurvey } from '../../src/survey/index.ts';
import { memoryRepo } from '../../tests/harness/memory-repo.ts';
import codemod from './codemod.ts';

const manifest = {
  name: 'shop',
  private: true,
  scripts: { start: 'node server.js' },
  engines: { node: '>=20.6' },
  dependencies: { rhea: '3.0.0', tinypool: '1.1.1', piscina: '5.3.2', express: '4.21.2' },
};

/** What stays dark of a program whose first file has this text, with its place. */
function dark(text: string, files: Record<string, string> = {}): readonly string[] {
  const repo = memoryRepo({
    'package.json': JSON.stringify(manifest),
    'server.js': `${text}require('http').createServer().listen(0);\n`,
    ...files,
  });
  const found = codemod.detect(repo, takeSurvey(repo));
  return (found.libraries ?? [])
    .filter(({ answer }) => answer === 'dark')
    .map(({ library, evidence: { file, line }, why }) => `${library} ${file}:${line}${/There .*/.exec(why)?.[0] ?? ''}`)
    .sort();
}

it('names the place of a library that stays dark, or of its declaration', () => {
  const files = {
    'lib/queue.js': "'use strict';\nconst rhea = require('rhea');\n",
    'lib/other.js': "const Tinypool = import('tinypool');\n",
  };
  expect(dark("require('./lib/queue');\nrequire('./lib/other');\n", files)).toEqual(['rhea lib/queue.js:2', 'tinypool lib/other.js:1']);
  expect(dark('')).toEqual(['rhea package.json:1', 'tinypool package.json:1']);
});

const [rhea, tinypool] = ['rhea package.json:1', 'tinypool package.json:1'];

it.each([
  [
    "const { exec, fork } = require('child_process');\nfork('./a');\nexec('ls');\nexec('ls');\n",
    ['child_process server.js:3There is one more place.'],
  ],
  ["const cp = require('node:child_process');\ncp.spawn('node', ['a'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });\n", []],
  ["const { BroadcastChannel } = require('worker_threads');\nnew BroadcastChannel('a');\n", ['BroadcastChannel server.js:2']],
  [
    "const events = require('events');\nconst bus = new events.EventEmitter();\nmodule.exports = (req, res) => bus.once('a', () => res.end());\n",
    ['EventEmitter server.js:3'],
  ],
  ["const { EventEmitter } = require('events');\nconst bus = new EventEmitter();\nbus.on('a', console.log);\n", []],
  ["const { EventEmitter } = require('events');\nmodule.exports = (req) => { const one = new EventEmitter(); one.on('a', req); };\n", []],
  ["const exec = (text) => text;\nexec('ls'); // child_process EventEmitter\n", []],
])('reads %j', (text, expected) => {
  expect(dark(text)).toEqual([...expected, rhea, tinypool].sort());
});
