/** One sentence per edit and task. */
export const reasons = {
  load: 'Loads the wrapper that names server spans by route and records errors.',
  wrap: 'A plain node:http handler has no route and hides what it throws, so it is wrapped.',
  wrapWithRoutes: 'A plain node:http handler has no route, so it is wrapped and told the routes that were found in it.',
  unknown: 'It cannot be told whether this request handler is a plain function or a framework with its own tracing.',
  unknownNext: 'If it is a plain function, wrap it: traceHttp(handler, { routes: [...] }) from @tracewright/middleware/http.',
  removed: 'This request listener is taken off again somewhere, so wrapping it in place would break that.',
  removedNext: 'Wrap it once in a variable with traceHttp(handler) and use that variable to add and to remove it.',
  satisfied: 'Every plain node:http handler is already wrapped by traceHttp.',
  noServer: 'No node:http or node:https server with a plain request handler is created in the product code.',
  noServerNext: 'Nothing to do: framework servers are traced by their own codemod.',
} as const;
