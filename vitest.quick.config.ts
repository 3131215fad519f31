import { mergeConfig } from 'vitest/config';
import all from './vitest.config.ts';

/** What `npm run check` leaves to `npm test`: tests that mostly wait for whole repositories, browsers and programs to end. */
export default mergeConfig(all, {
  test: {
    exclude: [
      'tests/mcp/**',
      'tests/differential/**',
      'tests/{context,messaging}/**',
      'tests/scaffold/prove.test.ts',
      'tests/tasks-*.test.ts',
      'tests/bad-input-*.test.ts',
      'tests/{apply-crash,ci-trace-gate,examples,mutants,record-tests}.test.ts',
      'middleware/tests/{end,hostile-collectors}.test.ts',
      'src/cli/install.test.ts',
      'src/report/report-page.browser.test.ts',
      'src/verify/{run/left-behind,judge/record-load}.test.ts',
    ],
  },
});
