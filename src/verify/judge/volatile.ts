/** What differs between any two runs of the same program. */
export const volatile: readonly RegExp[] = [
  // Frames of a stack, as text, in JSON and in HTML: a line that was added moves those below it, and Express shows its wrapped layers.
  /(?:(?:\\n|\n|<br>|"\s*,\s*")(?:\s|&nbsp;)*at (?:(?:(?!<br>|<\/)[^\n"])*?:\d+:\d+\)?|[^\n"]*?(?:<|&lt;)anonymous(?:>|&gt;)\)?))+/g,
  /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|\s?[+-]\d\d:?\d\d)?\b/g,
  /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \w+ \w+ \d+ \d\d:\d\d:\d\d( GMT)?([+-]\d{4})?( \([^)]*\))?/g,
  /\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\b/g,
  /\b\d\d?:\d\d:\d\d([.,]\d+)?( ?[AP]M)?\b/gi,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b1[5-9]\d{11}\b/g,
  /\b\d+([.,]\d+)? ?(ms|µs|ns|s|seconds?|milliseconds?)\b/g,
];

/** What loggers (pino, bunyan, winston, morgan, NestJS) say of the process and of its clock. */
export const loggers: readonly RegExp[] = [
  /(?<="(pid|process_id|processId|time|ts|timestamp|epoch|uptime|responseTime|response[-_]time|duration|elapsed|took|remote_?port|client_?port)"\s*:\s*)("[\d.]+"|\d+(\.\d+)?)/gi,
  /(?<="host(name)?"\s*:\s*)"[^"]*"/gi,
  // The counter that each process keeps of its requests.
  /(?<="(reqId|req_id|requestId)"\s*:\s*|"req"\s*:\s*\{\s*"id"\s*:\s*)("req-\w+"|\d+)/g,
  /(?<=\bpid\b\s*[:=#]?\s*)\d+\b/gi,
  /(?<=\[\w+\] )\d+(?= +- )/g,
  /(?<=\b(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\S* \((\S+\/)?)\d+(?=[) ])/g,
  /(?<=\b(TRACE|DEBUG|INFO|WARN|ERROR|FATAL): \S+\/)\d+(?= on \S+:)/g,
  // dotenv 17 gives another advice at every start.
  /(?<=\binject(ing|ed) env \(\d+\) from [^\n]{0,200}?\btip: )[^\n]*/g,
];

const field = '(?:trace_id|span_id|trace_flags|traceparent)';

/** What tracing is there to add: its announcement, where a runner (concurrently, foreman) joins stderr to stdout, the fields of loggers, a header. */
export const added: readonly RegExp[] = [
  /^.*\btracewright: .* \| traces -> .*\n?/gm,
  // nodemon and npm print the command that they run.
  / --import[= ]\S*instrumentation(\.tracewright)?\.mjs\b/g,
  new RegExp(`^\\s+${field}: "?[0-9a-f]+"?\\n`, 'gm'),
  new RegExp(`(?<=\\{)(?:"${field}":"[0-9a-f-]+",)+|,\\s*"${field}":\\s*"[0-9a-f-]+"`, 'g'),
  new RegExp(`\\s*\\((?:(?:, )?${field}=[0-9a-f]+)+\\)|,?\\s*\\b${field}=[0-9a-f]+`, 'g'),
];

/** What comes and goes with the load of the machine: NestJS warns of modules that take long to set up. */
export const slowness: readonly RegExp[] = [/^.*\[ModuleTokenFactory\].* is taking .*\n?/gm];

/** How many files a build that runs at every start says it compiled: apply may have added one. */
export const builds: readonly RegExp[] = [/(?<=\bcompiled:? )\d+(?= (files?|modules?)\b)/gi];

/** The values of metrics in the text format of Prometheus. */
export const metrics: readonly RegExp[] = [/(?<=^[\w:]+(\{.*\})? )[-+\d.eEINaNf]+( \d+)?$/gm];
