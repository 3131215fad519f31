import { read } from '../frameworks/reader';
import { type Method, replaceMethod } from '../messaging/replace';
import { outside } from '../messaging/spans';
import { atLoad } from '../process/at-load';

const alone = (original: Method): Method =>
  function (this: unknown, ...args: unknown[]) {
    return outside(original, this, args);
  };

/**
 * What comes over a connection unasked belongs to no request: not to the one in which the connection was opened, nor to the start of the
 * program. These carry no trace, so each begins one.
 */
export function mendStale(): void {
  atLoad('pg/lib/client.js', ({ exports }) => replaceMethod(read(exports, 'prototype'), '_handleNotification', alone));
  atLoad('@redis/client/dist/lib/client/pub-sub.js', ({ exports }) =>
    replaceMethod(read(exports, 'PubSub', 'prototype'), 'handleMessageReply', alone),
  );
  atLoad('ioredis/built/DataHandler.js', ({ exports }) =>
    replaceMethod(read(exports, 'default', 'prototype'), 'handleSubscriberReply', alone),
  );
  atLoad('redis/index.js', ({ exports }) => replaceMethod(read(exports, 'RedisClient', 'prototype'), 'return_reply', aloneInSubscription));
  atLoad('ws/lib/websocket.js', ({ exports }) =>
    replaceMethod(
      read(exports, 'prototype'),
      'emit',
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          return args[0] === 'message' ? outside(original, this, args) : Reflect.apply(original, this, args);
        },
    ),
  );
}

/** Redis 2 and 3 have one way in for replies and messages. */
const aloneInSubscription = (original: Method): Method =>
  function (this: unknown, ...args: unknown[]) {
    return read(this, 'pub_sub_mode') ? outside(original, this, args) : Reflect.apply(original, this, args);
  };
