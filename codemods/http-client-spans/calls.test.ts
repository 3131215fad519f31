import { expect, it } from 'vitest';
import { parseSource } from '../../src/ast/index.ts';
import { outgoingCalls } from './calls.ts';

function libraries(text: string): readonly string[] {
  const result = parseSource('a.js', text);
  if (result.status !== 'parsed') throw new Error(result.message);
  return outgoingCalls(result.source).map(({ library }) => library);
}

const both = "const http = require('http');\nconst https = require('node:https');\n";

it.each([
  [`${both}const client = secure ? https : http;\nclient.get(url);`, ['http or https']],
  [`${both}(secure ? https : http).request(url);`, ['http or https']],
  [`${both}let client = http;\nif (secure) client = https;\nclient.get(url);`, ['http or https']],
  ["const client = secure ? require('https') : require('http');\nclient.get(url);", ['http or https']],
  [`${both}const { get } = secure ? https : http;\nget(url);`, []],
  [`${both}const client = secure ? https : pool;\nclient.get(url);`, ['https']],
  [`${both}const maker = secure ? https : http;\nmaker.createServer(listen);`, []],
  ['const client = secure ? first : second;\nclient.get(url);', []],
])('reads the client of %j', (text, expected) => {
  expect(libraries(text)).toEqual(expected);
});
