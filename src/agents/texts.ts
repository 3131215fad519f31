import { quoteWord } from '../install/quote-word.ts';
import type { Asked } from './piece.ts';

/** The program as a person or an agent types it. */
export function typed({ program }: Asked): string {
  return program.map(quoteWord).join(' ');
}

/** When the skill is the right one; agents read this sentence before they read the skill. */
export const skillDescription: string =
  'Adds OpenTelemetry tracing to this Node.js or TypeScript repository with vetted codemods, proves it with real traces, repairs it, or takes it out again. Use for anything about tracing, spans, trace context, OpenTelemetry or instrumentation, instead of writing that code by hand.';

/** What every agent is told, whatever it is about to do. */
export function rules(asked: Asked): string {
  return `## Tracing

Never write OpenTelemetry code by hand: no SDK set-up, no \`startSpan\`, no \`traceparent\` header, no \`@opentelemetry/*\` dependency. Tracewright's codemods write it and prove it with real traces. Call its MCP server \`tracewright\`, or run \`${typed(asked)}\`, here called \`tracewright\`:

- \`tracewright plan .\`: what would change and why; writes nothing
- \`tracewright apply . --yes --install\`: all of it or nothing
- \`tracewright verify .\`: runs the program and reads its spans
- \`tracewright undo . --yes\`: every byte back
- \`tracewright check --staged\`: refuses OpenTelemetry by hand before a commit
- \`tracewright tasks status --brief\`: where a migration of several sittings stands and its one next command; read it first after a restart or a compaction. Only what it counts as done is done, whatever your own task list says

Every answer names the next step: do that. What a plan leaves to you is listed with file, line, why and next.
`;
}

/** A skill: when to use Tracewright, and which commands say the rest. */
export function skill(asked: Asked): string {
  return `---
name: tracewright
description: ${skillDescription}
---

<!-- Written by \`tracewright agent-init\`, which replaces this file. -->

# Tracewright

Never write OpenTelemetry code by hand. Call the tools of the MCP server \`tracewright\`. Without it run \`${typed(asked)}\`, here called \`tracewright\`:

1. \`tracewright plan . --json\`: what would change and why. Writes nothing.
2. \`tracewright apply . --yes --install\`: all of it or nothing. Needs a clean git tree.
3. \`tracewright verify . --against HEAD --json\`: runs the program, reads its spans, compares its answers with those before.
4. Do the tasks that are left, each with file, line, why and next; then plan again until nothing is left.
5. \`tracewright record .\` keeps the proven traces; commit them.

For more than one sitting \`tracewright tasks run\` does all of it as steps that survive a restart; \`tracewright tasks status --brief\` says where they stand and the one next command.

\`tracewright undo . --yes\` puts every byte back, \`tracewright explain <code or codemod>\` explains, \`tracewright <command> --help\` has the options.
`;
}
