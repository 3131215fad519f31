import { type Addition, camel, type Facts } from './facts.ts';
import { addScenario } from './setup-file.ts';

/** A scenario of its own; `record` then writes its golden trace, and `verify --frozen` is its test. */
export function addGoldenTest(facts: Facts, subject: string): Addition {
  const request = subject.includes(' ') ? subject : `GET ${subject}`;
  const name = camel(
    request
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, ''),
  ).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const edit = addScenario(
    facts,
    name,
    request,
    `Asks ${request} in a scenario of its own: its golden trace is .tracewright/golden/${name}.json.`,
  );
  if (edit !== undefined) return { edits: [edit], tasks: [] };
  const why = `Its scenarios have another form, or one is called ${name}`;
  return { edits: [], tasks: [{ file: 'tracewright.yaml', line: 1, why, next: `Add a scenario with the request ${request} there.` }] };
}
