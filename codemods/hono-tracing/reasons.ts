/** One sentence per edit and task. */
export const reasons = {
  load: 'Loads the function that names server spans after the routes of Hono.',
  trace: 'The app that is served tells which route each request matched; it stays the object it is.',
  unknown: 'Which app is served here cannot be told from this file, so its server spans are named by method only.',
  unknownNext: 'If it is a Hono app, give it to traceHono(app) from @tracewright/middleware/hono before it is served.',
  satisfied: 'Every Hono app that is served is given to traceHono.',
  noServer: 'No Hono 4 app is served by @hono/node-server.',
  noServerNext: 'Nothing to do.',
} as const;
