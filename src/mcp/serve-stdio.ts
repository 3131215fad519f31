import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { cancelOwnRuns } from './background/waiters.ts';
import { createServer } from './create-server.ts';
import { openSetting, type ServeOptions } from './serve-options.ts';

/** Serves one client over standard input and output, until it closes them. */
export async function serveOverStdio(options: ServeOptions): Promise<void> {
  const setting = await openSetting(options);
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('close', resolve);
    process.stdin.once('end', resolve);
    options.signal.addEventListener('abort', () => resolve());
  });
  const handle = serveStdio(() => createServer(setting));
  await ended;
  cancelOwnRuns();
  await handle.close();
  await setting.telemetry.stop();
}
