/** A family of small repositories that grow in one direction only. */
export interface Shape {
  readonly name: string;
  /** The smaller of the two sizes that are compared; the other one is twice as large. */
  readonly size: number;
  /** Texts by path, for that size. */
  files(size: number): Readonly<Record<string, string>>;
}

/** `count` texts, one for each number from 0. */
export function times(count: number, text: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}

/** Files by path, one for each number from 0. */
export function manyFiles(count: number, path: (index: number) => string, text: (index: number) => string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [path(index), `${text(index)}\n`]));
}

const base = { name: 'grown', version: '1.0.0', engines: { node: '20' }, dependencies: { express: '4.18.2' } };

/** A package.json that starts server.js, with other fields on top. */
export function manifest(fields: object = {}): Record<string, string> {
  return { 'package.json': `${JSON.stringify({ ...base, scripts: { start: 'node server.js' }, ...fields }, null, 2)}\n` };
}

/** A repository whose server.js is the text. */
export function server(text: string, others: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...manifest(), 'server.js': `'use strict';\n${text}\n`, ...others };
}

export const express = `const express = require('express');\nconst app = express();\napp.listen(3000);`;
