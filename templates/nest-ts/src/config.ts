/** The settings, as a provider. */
export const CONFIG = Symbol('config');

export interface Config {
  readonly port: number;
  readonly stockUrl: string;
  /** How long requests may go on after SIGTERM. */
  readonly drainMs: number;
}

/** Settings of the service, read once when it starts; every fault is named at once. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  const config = {
    port: portOf(env['PORT'] ?? '3000', faults),
    stockUrl: urlOf('STOCK_URL', env['STOCK_URL'] ?? 'http://127.0.0.1:3001/stock', faults),
    drainMs: 10_000,
  };
  if (faults.length > 0) throw new Error(`Wrong settings (see .env.example): ${faults.join('; ')}`);
  return config;
}

function portOf(text: string, faults: string[]): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push(`PORT is no port: ${text}`);
  return port;
}

function urlOf(name: string, text: string, faults: string[]): string {
  if (!URL.canParse(text)) faults.push(`${name} is no URL: ${text}`);
  return text;
}
