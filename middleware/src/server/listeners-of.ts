import { EventEmitter } from 'events';
import { types } from 'util';

/** The functions that a server calls. A proxy that the program put around one is not asked what it stands for. */
export function listenersOf(server: EventEmitter, event: string): readonly Function[] {
  return EventEmitter.prototype.rawListeners
    .call(server, event)
    .filter((one) => !types.isProxy(one))
    .map(original);
}

/** `once` keeps the function that it was given there. */
function original(listener: Function & { readonly listener?: Function }): Function {
  return listener.listener || listener;
}
