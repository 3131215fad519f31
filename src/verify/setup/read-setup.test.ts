import { describe, expect, it } from 'vitest';
import { TracewrightError } from '../../contract/index.ts';
import { readSetup } from './read-setup.ts';

const good = `version: 1
services:
  - name: shop
    dir: ./services/shop/
    port: 3000
    env: { STOCK_URL: "\${services.stock.url}", DEBUG: 1 }
    ready: { output: "started on \\\\d+" }
  - name: stock
    command: node stock.js
    build: npm run build
scenarios:
  - name: order
    requests:
      - GET /health?deep=1
      - service: stock
        method: POST
        path: /orders
        body: { sku: a1 }
        expect: { status: 201, spans: [SERVER POST /orders] }
        ignore: ['"id":\\d+']
attributes: [order.type]
`;

function complaint(source: string): string {
  try {
    readSetup(source);
  } catch (error) {
    if (error instanceof TracewrightError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('readSetup', () => {
  it('reads every key', () => {
    expect(readSetup(good)).toEqual({
      origin: 'tracewright.yaml',
      services: [
        {
          name: 'shop',
          dir: 'services/shop',
          command: '',
          port: 3000,
          choosePort: false,
          env: { STOCK_URL: `\${services.stock.url}`, DEBUG: '1' },
          readyOutput: 'started on \\d+',
        },
        { name: 'stock', dir: '', command: 'node stock.js', build: 'npm run build', choosePort: true, env: {} },
      ],
      scenarios: [
        {
          name: 'order',
          ignore: [],
          requests: [
            { service: 'shop', method: 'GET', path: '/health?deep=1', headers: {}, expectSpans: [], ignore: [] },
            {
              service: 'stock',
              method: 'POST',
              path: '/orders',
              headers: { 'content-type': 'application/json' },
              body: '{"sku":"a1"}',
              expectStatus: 201,
              expectSpans: ['SERVER POST /orders'],
              ignore: ['"id":\\d+'],
            },
          ],
        },
      ],
      attributes: ['order.type'],
      notes: [],
    });
  });

  it.each([
    [
      ['command: node', 'comand: node'],
      'tracewright.yaml:9 services[1].comand is not a known key; known are name, dir, command, build, port, env, ready; did you mean command?',
    ],
    [['version: 1', 'version: 2'], 'tracewright.yaml:1 version is not 1'],
    [['port: 3000', 'port: 99999'], 'tracewright.yaml:5 services[0].port is not a whole number from 1 to 65535'],
    [['./services/shop/', '../other'], 'tracewright.yaml:4 services[0].dir leads out of the repository'],
    [['name: stock', 'name: shop'], 'tracewright.yaml:8 services[1].name is used twice: shop'],
    [['services.stock.url', 'services.stok.url'], `tracewright.yaml:6 services[0].env.STOCK_URL refers to \${services.stok.url}`],
    [['GET /health', 'FETCH /health'], 'tracewright.yaml:14 scenarios[0].requests[0].method is not one of GET'],
    [['GET /health?deep=1', 'health'], 'tracewright.yaml:14 scenarios[0].requests[0] is not `METHOD /path`'],
    [
      ['service: stock', 'service: stok'],
      'tracewright.yaml:15 scenarios[0].requests[1].service names no service of this file: stok; did you mean stock?',
    ],
    [['path: /orders', 'path: orders'], 'tracewright.yaml:17 scenarios[0].requests[1].path does not start with /'],
    [['status: 201', 'status: ok'], 'tracewright.yaml:19 scenarios[0].requests[1].expect.status is not a whole number'],
    [['"id":\\d+', '(['], 'tracewright.yaml:20 scenarios[0].requests[1].ignore[0] is not a regular expression'],
    [['name: order', 'name: ../x'], 'tracewright.yaml:12 scenarios[0].name is not a file name'],
    [['attributes: [order.type]', 'attributes: order'], 'tracewright.yaml:21 attributes is not a list'],
    [['version: 1', 'version: ['], 'tracewright.yaml:'],
  ] as const)('refuses %s with the line', ([from, to], message) => {
    const broken = good.replace(from, to);
    expect(broken).not.toBe(good);
    expect(complaint(broken)).toContain(message);
  });

  it('refuses an empty file', () => expect(complaint('')).toContain('tracewright.yaml:1 the file is not a set of keys'));
});
