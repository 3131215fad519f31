/** One sentence per edit and task. */
export const reasons = {
  load: 'Loads the function that names server spans by route.',
  wrap: 'A plain node:http handler is marked as one; it stays the function it is.',
  wrapWithRoutes: 'A plain node:http handler has no route, so the routes that were found in it are told; it stays the function it is.',
  list: 'An anonymous handler beside `{ routes }` was called by another name in stack traces; beside a list it keeps its own.',
  unknown: 'It cannot be told whether this request handler is a plain function or a framework with its own tracing.',
  unknownNext: 'If it is a plain function, wrap it: traceHttp(handler, ["/path"]) from @tracewright/middleware/http.',
  satisfied: 'Every plain node:http handler is already wrapped by traceHttp.',
  noServer: 'No node:http or node:https server with a plain request handler is created in the product code.',
  noServerNext: 'Nothing to do: framework servers are traced by their own codemod.',
} as const;
