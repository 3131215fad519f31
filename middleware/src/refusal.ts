import { connect } from 'net';

/** Resolves when nothing listens at any of the URLs; never resolves otherwise. Waiting for retries is then pointless. */
export function whenRefused(urls: readonly string[]): Promise<void> {
  return Promise.all(urls.map(refused)).then(() => undefined);
}

function refused(url: string): Promise<void> {
  return new Promise((resolve) => {
    const target = parse(url);
    if (target === undefined) return;
    const socket = connect(target.port, target.host);
    socket.unref();
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve());
  });
}

function parse(url: string): { host: string; port: number } | undefined {
  try {
    const { hostname, port, protocol } = new URL(url);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  } catch {
    return undefined;
  }
}
