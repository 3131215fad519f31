import { TracewrightError } from '../contract/index.ts';
import { goldenFault, jsonFault } from './golden-fault.ts';
import type { NormalSpan } from './normal-form.ts';

/** The trace one request produced. */
export interface GoldenTrace {
  /** `METHOD /path` as the scenario states it, without its query. */
  readonly request: string;
  readonly spans: readonly NormalSpan[];
}

/** The span trees one scenario must produce; the content of `.tracewright/golden/<scenario>.json`. */
export interface Golden {
  readonly version: 1;
  readonly scenario: string;
  readonly traces: readonly GoldenTrace[];
}

/** The bytes of a golden file: the same golden gives the same text, on every machine. */
export function writeGolden(golden: Golden): string {
  return `${JSON.stringify(golden, null, 2)}\n`;
}

/** Reads a golden file back; `file` is only for the message. Throws TW3050 when it was edited into something else. */
export function parseGolden(text: string, file: string): Golden {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new TracewrightError('TW3050', `${file}: ${jsonFault(text, cause)}`, { cause });
  }
  const fault = goldenFault(value);
  if (fault !== undefined) throw new TracewrightError('TW3050', `${file}: ${fault}`);
  return value as Golden;
}
