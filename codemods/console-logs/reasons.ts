/** Every sentence this codemod says. */
export const reasons = {
  bridge: (file: string): string =>
    `${file} writes with console; this also sends those lines as log records with the id of the trace they belong to.`,
  done: 'Every service that writes with console sends those lines as log records.',
  silent: 'No service writes with console, so there is nothing to send.',
  nothing: 'No service has a bootstrap that the log call could go into.',
  nothingNext: 'Apply otel-bootstrap first.',
} as const;
