import { quietly } from '../quietly';
/** What router 2.3 publishes when the turn of a layer comes. */
export interface Turn {
  readonly layer: object;
  readonly req: object;
  readonly res: object;
}

type Listener = (turn: unknown) => void;

let leave: (() => void) | undefined;
let isListening = false;

/** The channel of router 2.3, which nobody has to name to us, until the router is known or for good; nothing on older versions of it or of Node. */
export function watchChannel(onTurn: (turn: Turn) => void, until: 'known' | 'end'): void {
  try {
    const { tracingChannel } = require('diagnostics_channel') as typeof import('diagnostics_channel');
    if (typeof tracingChannel !== 'function' || isListening) return;
    const channel = tracingChannel('express.router.request');
    const listener: Listener = (turn) => {
      if (isTurn(turn)) onTurn(turn);
    };
    channel.start.subscribe(listener);
    isListening = true;
    if (until === 'known') leave = () => channel.start.unsubscribe(listener);
  } catch {
    // Without it an app is found at its server.
  }
}

/** As soon as the router is known: while somebody listens, it calls handlers through functions that show in every stack trace. */
export function leaveChannel(): void {
  if (leave) leave();
  leave = undefined;
}

/** By the program: it would be told of the layers that we try. */
export function isObserved(): boolean {
  try {
    const { channel } = quietly(() => require('diagnostics_channel') as typeof import('diagnostics_channel'));
    return ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].some(
      (name) => channel(`tracing:express.router.request:${name}`).hasSubscribers,
    );
  } catch {
    return false;
  }
}

function isTurn(value: unknown): value is Turn {
  return typeof value === 'object' && value !== null && 'layer' in value && 'req' in value && 'res' in value;
}
