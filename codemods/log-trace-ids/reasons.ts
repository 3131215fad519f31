/** Every sentence this codemod says. */
export const reasons = {
  write: 'Lines that are written during a request get the fields trace_id, span_id and trace_flags.',
  done: 'Every bootstrap of a service with pino, winston or bunyan writes trace ids.',
  nothing: 'No service with pino, winston or bunyan has a bootstrap that the call could go into.',
  nothingNext: 'Apply otel-bootstrap first; the lines of other loggers get no ids.',
} as const;
