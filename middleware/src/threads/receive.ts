import type { Context } from '@opentelemetry/api';
import { executionAsyncId } from 'async_hooks';
import threads from 'worker_threads';
import { exchange } from '../context-manager';
import { read } from '../frameworks/reader';
import { replaceMethod } from '../messaging/replace';
import type { Link } from './link';

/** Who asks for messages goes on in the context of each, until there is none any more. */
export function watchReceive(linkOf: (port: unknown) => Link | undefined, linkPorts: (link: Link, message: unknown) => void): void {
  let outer: { readonly context: Context | undefined; readonly at: number } | undefined;
  const leave = (): void => {
    if (outer !== undefined && outer.at === executionAsyncId()) exchange(outer.context);
    outer = undefined;
  };
  const enter = (link: Link): void => {
    const context = link.next();
    if (context === undefined) return;
    const [before, at] = [exchange(context), executionAsyncId()];
    if (outer === undefined || outer.at !== at) outer = { context: before, at };
  };
  replaceMethod(
    threads,
    'receiveMessageOnPort',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const found = Reflect.apply(original, this, args);
        const link = linkOf(args[0]);
        if (link === undefined) return found;
        if (found === undefined) {
          leave();
          return found;
        }
        enter(link);
        linkPorts(link, read(found, 'message'));
        return found;
      },
  );
}
