import { join } from 'path';

/** One encoded export request. */
export interface Parcel {
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Base64. */
  readonly body: string;
}

const DELIVERY_CAP = 1000;

/** Sends while this process is already exiting and can do nothing asynchronous itself. One second at most. */
export function deliver(parcels: readonly Parcel[]): void {
  if (parcels.length === 0 || !isPlainNode()) return;
  // Loaded here, because it is a noticeable part of the start-up and few processes ever need it.
  const { spawnSync } = require('child_process') as typeof import('child_process');
  spawnSync(process.execPath, [join(__dirname, 'deliver.js')], {
    env: {},
    input: JSON.stringify(parcels),
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: DELIVERY_CAP,
    windowsHide: true,
  });
}

/** Elsewhere execPath may be the application itself. */
function isPlainNode(): boolean {
  const versions: Record<string, string | undefined> = process.versions;
  return (
    process.release.name === 'node' &&
    !versions['electron'] &&
    !versions['bun'] &&
    !('pkg' in process) &&
    /node(?:\.exe)?$/.test(process.execPath)
  );
}
