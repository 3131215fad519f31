/** Why a body was not accepted, with the HTTP status that says so. */
export class RejectedBody extends Error {
  readonly status: number;

  constructor(status: number, reason: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.status = status;
  }
}
