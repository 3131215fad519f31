import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, onTestFinished } from 'vitest';
import { embeddedEngine } from './embedded-engine.ts';
import { engineLaws } from './engine-laws.ts';

describe('the embedded engine', () => {
  it.each(engineLaws)('$name', async ({ check }) => {
    const root = mkdtempSync(join(tmpdir(), 'tracewright-engine-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    await check({ open: (graph, handlers) => embeddedEngine({ root, graph, handlers }) });
  });
});
