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

function overHttp2(text: string): readonly string[] {
  const result = parseSource('a.js', text);
  if (result.status !== 'parsed') throw new Error(result.message);
  return outgoingCalls(result.source).flatMap(({ library, line, over }) => (over === 'http2' ? [`${library}:${line}`] : []));
}

const axios = "const axios = require('axios');\n";
const got = "const got = require('got');\n";
const agent = "const superagent = require('superagent');\n";

it.each([
  [`${axios}axios.get(url, { httpVersion: 2 });`, ['axios:2']],
  [`${axios}axios({ url, httpVersion: version });`, ['axios:2']],
  [`${axios}const client = axios.create({ baseURL, httpVersion: 2 });\nclient.get(url);`, ['axios:2']],
  [`${axios}axios.defaults.httpVersion = 2;\naxios.get(url);`, ['axios:2']],
  [`${axios}const base = { httpVersion: 2 };\nconst all = { ...base, timeout };\naxios.post(url, body, all);`, ['axios:4']],
  [`${axios}axios.get(url, { httpVersion: 1 });`, []],
  [`${axios}axios.get(url, { params: { httpVersion: 2 } });`, []],
  [`${axios}other.get(url, { httpVersion: 2 });`, []],
  [`${got}got(url, { http2: true });`, ['got:2']],
  [`${got}const client = got.extend({ http2: true });`, ['got:2']],
  [`${got}got(url, { http2: false });`, []],
  [`${agent}superagent.get(url).http2().end(done);`, ['superagent:2']],
  [`${agent}superagent.get(url).end(done);`, []],
  ["const { Agent } = require('undici');\nnew Agent({ allowH2: true });", []],
])('reads HTTP/2 in %j', (text, expected) => {
  expect(overHttp2(text)).toEqual(expected);
});
