import { type SpanRecord, startReceiver } from '../../trace/index.ts';
import { type RunOptions, runScenarios } from './run-scenarios.ts';
import type { Exchange } from './send-request.ts';

/** Starts the programs afresh for one request and returns what it was and the spans that arrived; undefined when that did not work. */
export async function runAlone(
  { scenario, request }: Exchange,
  options: Omit<RunOptions, 'receiverUrl'>,
): Promise<{ readonly exchange: Exchange; readonly spans: readonly SpanRecord[] } | undefined> {
  const receiver = await startReceiver();
  try {
    const scenarios = [{ name: scenario, requests: [request], ignore: [] }];
    const run = await runScenarios({ ...options, scenarios, receiverUrl: receiver.url });
    await receiver.settled();
    const [exchange] = run.exchanges;
    return exchange && { exchange, spans: receiver.spans };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return undefined;
  } finally {
    await receiver.close();
  }
}
