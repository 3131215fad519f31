export interface Config {
  readonly port: number;
  readonly pricesUrl: string;
  readonly timeout: number;
}

export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env.PORT ?? 4000);

  return {
    port,
    // Prices move to their own service one day; until then we call ourselves.
    pricesUrl: env.PRICES_URL ?? `http://127.0.0.1:${port}/internal/prices`,
    timeout: Number(env.PRICES_TIMEOUT ?? 2000),
  };
}
