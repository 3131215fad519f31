/** One sentence per edit. */
export const reasons = {
  exit: 'The middleware sends what is left whenever the program exits; process.exit never returns, so nothing can run behind it.',
  import: 'Nothing calls flushAndExit any more.',
  stop: 'An earlier version put this `return` before a call that came back; it does not come back any more.',
  satisfied: 'No exit needs an edit: what is left is sent whenever the program exits.',
} as const;
