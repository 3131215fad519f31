import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.nodes.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
