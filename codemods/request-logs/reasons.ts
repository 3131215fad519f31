/** Every sentence this codemod says. */
export const reasons = {
  requests: 'Sends one log record per request with its method, route, status, duration and trace id.',
  done: 'Every bootstrap logs requests.',
  nothing: 'No service has a bootstrap that the log call could go into.',
  nothingNext: 'Apply otel-bootstrap first.',
} as const;
