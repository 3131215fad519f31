import { createColors } from 'picocolors';
import { renderTrace } from '../trace/index.ts';
import type { CaptureReport } from './capture-tests.ts';

function count(number: number, one: string): string {
  return number === 1 ? `1 ${one}` : `${number} ${one}s`;
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}

/** Each test with the traces of its requests, then what could not be attributed. */
export function renderCapture(report: CaptureReport, options: { readonly color: boolean }): string {
  const colors = createColors(options.color);
  const lines: string[] = [];
  for (const { file, test, requests } of report.tests) {
    lines.push(`${colors.dim(file)}  ${colors.bold(test)}`);
    for (const { request, trace } of requests) {
      lines.push(`  ${request}${trace ? '' : colors.yellow('  no span arrived')}`);
      if (trace) lines.push(indent(renderTrace(trace, { color: options.color })));
    }
  }
  const { outside, strangers, answeredInside, notGrouped, leftBehind } = report;
  if (answeredInside > 0)
    lines.push(
      colors.yellow(
        `${count(answeredInside, 'request')} answered inside the test process, where frameworks are not traced: start the app as a program of its own`,
      ),
    );
  if (notGrouped.length > 0) lines.push(colors.yellow(`not grouped by test: ${notGrouped.join(', ')} does not tell which test runs`));
  if (outside.length > 0) lines.push(`${count(outside.length, 'trace')} of requests outside a test, or of tests that ran at the same time`);
  if (strangers.length > 0) lines.push(`${count(strangers.length, 'trace')} that no test asked for`);
  if (leftBehind.length > 0) lines.push(colors.yellow(`left running by the tests, and ended: ${leftBehind.join(', ')}`));
  const traced = report.tests.filter(({ requests }) => requests.some(({ trace }) => trace)).length;
  return `${lines.join('\n')}\n\n${colors.bold(`${count(traced, 'test')} with traces`)}  ${count(report.spans, 'span')}\n`;
}
