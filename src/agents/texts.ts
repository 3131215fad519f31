import { quoteWord } from '../install/quote-word.ts';
import type { Asked } from './piece.ts';

/** The program as a person or an agent types it. */
export function typed({ program }: Asked): string {
  return program.map(quoteWord).join(' ');
}

/** What every agent is told, whatever it is about to do. */
export function rules(asked: Asked): string {
  const run = typed(asked);
  return `## Tracing

Never write OpenTelemetry code by hand: no SDK set-up, no \`startSpan\`, no \`traceparent\` header, no \`@opentelemetry/*\` dependency. Tracewright's codemods write it, and prove it with real traces. Call its MCP server \`tracewright\`, or:

\`\`\`sh
${run} plan .            # what would change and why; writes nothing
${run} apply . --yes --install
${run} verify .          # runs the program and reads its spans
${run} undo .            # every byte back
${run} check --staged    # refuses OpenTelemetry by hand before a commit
\`\`\`

Every answer names the next step; \`--json\` gives it as data, \`explain <code>\` says what an error means. What a plan leaves to you is listed with file, line, why and next: do exactly that.
`;
}

/** A skill: when to use Tracewright, and which commands say the rest. */
export function skill(asked: Asked): string {
  const run = typed(asked);
  return `---
name: tracewright
description: Adds OpenTelemetry tracing to this Node.js or TypeScript repository with vetted codemods, proves it with real traces, repairs it, or takes it out again. Use for anything about tracing, spans, trace context, OpenTelemetry or instrumentation, instead of writing that code by hand.
---

<!-- Written by \`tracewright agent-init\`, which replaces this file. -->

# Tracewright

Never write OpenTelemetry code by hand. Call the tools of the MCP server \`tracewright\`; without it, run the same commands:

1. \`${run} plan . --json\`: what would change and why. Writes nothing.
2. \`${run} apply . --yes --install\`: all of it or nothing. Needs a clean git tree.
3. \`${run} verify . --against HEAD --json\`: runs the program, reads its spans, compares with before.
4. Do the tasks that are left, each with file, line, why and next; then plan again until nothing is left.
5. \`${run} record .\` keeps the proven traces; commit them.

Every answer has \`next\`: do that. \`${run} undo .\` puts every byte back, \`${run} list\` shows the codemods, \`${run} explain <code or codemod>\` explains, \`${run} <command> --help\` has the options.
`;
}
