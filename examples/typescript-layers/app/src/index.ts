import { createApp } from './app';
import { loadConfig } from './config';

const config = loadConfig();

async function bootstrap(): Promise<void> {
  const app = createApp(config);

  const server = app.listen(config.port, () => {
    console.info(`quotes-api is listening on port ${config.port}`);
  });

  const stop = (signal: NodeJS.Signals): void => {
    console.info(`${signal}: closing`);
    server.close((error) => {
      process.exit(error ? 1 : 0);
    });
  };

  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

bootstrap().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
