import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'codemods/**/*.test.ts', 'middleware/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/fixtures/**', 'dist/**', '**/*.nodes.test.ts'],
    // Most of a test's time is spent waiting for programs it started, so two files at once suit one core and many.
    maxWorkers: 2,
    // Of the tests that are marked as concurrent, which wait for programs, too.
    maxConcurrency: 2,
    // What the tool keeps for its user, outside of every repository, does not go to the folder of whoever runs the tests.
    env: { XDG_STATE_HOME: join(tmpdir(), `tracewright-state-${process.pid}`) },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
  },
});
