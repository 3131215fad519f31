import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'codemods/**/*.test.ts', 'middleware/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/fixtures/**', 'dist/**', '**/*.nodes.test.ts'],
    // Most of a test's time is spent waiting for programs it started, so two files at once suit one core and many.
    maxWorkers: 2,
    // Of the tests that are marked as concurrent, which wait for programs, too.
    maxConcurrency: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
  },
});
