import { TracewrightError } from '../../contract/index.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { untilInterrupted } from '../until-interrupted.ts';

const PORT = '3920';

/** Serves agents until their end of the pipe closes, or until Ctrl-C. */
export async function mcp(invocation: Invocation, output: Output): Promise<number> {
  const port = invocation.text('http') ?? (invocation.flag('http') ? PORT : undefined);
  const waitMs = secondsOf(invocation.text('wait') ?? '45') * 1000;
  await untilInterrupted(async (signal) => {
    const options = { roots: invocation.list('root'), waitMs, signal };
    if (port === undefined) await (await import('../../mcp/serve-stdio.ts')).serveOverStdio(options);
    else await (await import('../../mcp/serve-http.ts')).serveOverHttp(portOf(port), options, output.note);
  });
  return 0;
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new TracewrightError('TW1072', `'${text}' is not a port`);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text !== '' && seconds >= 0 && seconds <= 3_600) return seconds;
  throw new TracewrightError('TW1072', `--wait ${text} is not a number of seconds`);
}
