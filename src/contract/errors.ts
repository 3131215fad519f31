/** Every error a user can meet. 1xxx environment and input, 2xxx plan and apply, 3xxx verify and traces, 4xxx tasks and fleet, 9xxx our bug. Codes are never reused. */
export const catalogue = {
  TW1001: { title: 'Not a directory', next: 'Give the folder of the repository: `tracewright plan <folder>`.' },
  TW1002: { title: 'No package.json found', next: 'Run it in the folder that holds package.json, or give that folder.' },
  TW9001: { title: 'Internal error', next: 'Please report it with the command you ran; nothing was written.' },
} as const;

export type ErrorCode = keyof typeof catalogue;

/** The only error that reaches a user: a catalogue code, what it was about, and the original as `cause`. */
export class TracewrightError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;

  constructor(code: ErrorCode, detail: string, options?: { cause?: unknown }) {
    super(`${code} ${catalogue[code].title}: ${detail}`, options);
    this.name = 'TracewrightError';
    this.code = code;
    this.detail = detail;
  }
}

/** Process exit code by range: 1xxx -> 2, 2xxx -> 3, 3xxx -> 4, 4xxx -> 5, 9xxx -> 70. */
export function exitCode(code: ErrorCode): number {
  const range = Number(code.charAt(2));
  return range === 9 ? 70 : range + 1;
}
