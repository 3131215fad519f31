import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { comparable, compare } from './harness/compare.ts';
import { parseDirectives } from './harness/directives.ts';
import { runProgram } from './harness/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'tracewright-harness-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const server = `const server = require('http').createServer((req, res) => {
  res.setHeader('X-Case', '1');
  res.write('a');
  res.end('b');
}).listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
process.on('SIGTERM', () => process.exit(0));
`;

/** A fault planted into the program, and what has to be reported. */
const faults = [
  { fault: 'a header in another case', from: 'X-Case', to: 'x-case', what: ['answer 1'] },
  { fault: 'an informational response', from: 'res.write', to: 'res.writeProcessing(); res.write', what: ['answer 1'] },
  { fault: 'one chunk instead of two', from: "res.write('a');\n  res.end('b')", to: "res.end('ab')", what: ['answer 1'] },
  { fault: 'a trailer', from: "res.write('a')", to: "res.write('a'); res.addTrailers({ t: '1' })", what: ['answer 1'] },
  { fault: 'a reset connection', from: "res.end('b')", to: 'setTimeout(() => res.socket.resetAndDestroy(), 20)', what: ['answer 1'] },
  { fault: 'a line on stderr', from: "process.on('", to: "console.error('x'); process.on('", what: ['stderr'] },
  { fault: 'a space on stdout', from: 'const server', to: "console.log(' '); const server", what: ['stdout'] },
  { fault: 'a line that only begins like a frame', from: 'const server', to: "console.log('    at noon'); const server", what: ['stdout'] },
  { fault: 'an exit code', from: 'exit(0)', to: 'exit(3)', what: ['end'] },
  { fault: 'a signal', from: "process.on('SIGTERM', () => process.exit(0));", to: '', what: ['end'] },
  { fault: 'nothing but the date', from: 'server =', to: 'server  =', what: [] },
];

describe('the harness sees', () => {
  const { steps, ...rest } = parseDirectives('steps:\n  - GET /\n');
  it.each(faults)('$fault', async ({ from, to, what }) => {
    const observed = [];
    for (const text of [server, server.replace(from, to)]) {
      writeFileSync(join(folder, 'app.cjs'), text);
      const run = await runProgram(process.execPath, ['app.cjs'], folder, { ...rest, steps });
      observed.push(comparable(run, folder, false));
    }
    expect(compare(observed[0] ?? {}, observed[1] ?? {}).map((difference) => difference.what)).toEqual(what);
  });

  it('a directive that it does not know', () => {
    expect(() => parseDirectives('step: []')).toThrow('unknown: step; known are args');
    expect(() => parseDirectives('steps: [{ wait: 5 }]')).toThrow('not a step: {"wait":5}');
  });
});
