import { TracewrightError } from '../contract/index.ts';
import type { Received } from '../trace/index.ts';
import { plural } from '../verify/judge/plural.ts';
import type { TestNotes } from './test-calls.ts';

const spawnIt =
  'Start the app as a program of its own in the tests, for example with `startProgram` of tracewright/testing: test runners hide frameworks from instrumentation.';

/** Why no trace belongs to a test, as exactly as it is known, and what to do: TW3031. */
export function whyNothing(command: string, notes: TestNotes, received: Pick<Received, 'spans' | 'problems'>): TracewrightError {
  const { calls, answeredInside, runners } = notes;
  const inTests = calls.filter(({ test }) => test.length > 0);
  const spans = `${plural(received.spans.length, 'span')} arrived`;
  const refuse = (what: string, next?: string): TracewrightError =>
    new TracewrightError('TW3031', `\`${command}\`: ${what}`, next === undefined ? {} : { next });
  const [problem] = received.problems;
  if (problem !== undefined) return refuse(`what arrived could not be read: ${problem}`, 'Send OTLP over HTTP, as protobuf or JSON.');
  if (runners.length > 0 && inTests.length === 0)
    return refuse(
      `${spans}, not grouped by test, because ${runners.join(' and ')} does not tell which test runs`,
      'Use Vitest, Jest, node:test or Mocha, or assert inside the tests with tracewright/testing.',
    );
  if (inTests.length === 0 && calls.length > 0) return refuse(`${spans}, but every request was sent outside a test`);
  if (inTests.length === 0) return refuse(spans);
  const inside = inTests.filter(({ traceId }) => answeredInside.has(traceId)).length;
  if (inside === 0)
    return refuse(
      `${spans}, none for the ${plural(inTests.length, 'request')} of tests`,
      'Load tracing in the program that the tests ask.',
    );
  return refuse(
    `${spans}; ${inside} of ${plural(inTests.length, 'request')} were answered inside the test process, which is not traced`,
    spawnIt,
  );
}
