/** One sentence per edit and task. */
export const reasons = {
  load: 'Loads the exit that sends buffered spans first.',
  flush: 'process.exit drops the spans of the last seconds, so they are sent before the program ends.',
  flushAndStop:
    'process.exit drops the spans of the last seconds, so they are sent first; `return` keeps the code below from running meanwhile.',
  stop: 'The function called here ends the program a moment later now; `return` keeps the code below from running meanwhile.',
  callback: 'process.exit is handed over as a callback here, so what it is called with cannot be seen.',
  callbackNext: 'Hand over a function that calls flushAndExit(code) from @tracewright/middleware/shutdown.',
  entangled: 'Code that relies on process.exit never returning comes after this exit.',
  entangledNext: 'Call flushAndExit(code) from @tracewright/middleware/shutdown instead and make sure that nothing runs after it.',
  satisfied: 'Every shutdown handler already sends its spans before it exits.',
  noHandler: 'No server of the product code exits in a handler of its own for signals or fatal errors.',
  noHandlerNext: 'Nothing to do: without such a handler the bootstrap sends the spans and keeps the exit behaviour.',
} as const;
