import { spawn } from 'node:child_process';

// Starts what was built, each service as in production, with the settings of `.env.example`; --watch: again when its files change.
const flags = ['--env-file=.env.example', ...(process.argv.includes('--watch') ? ['--watch'] : [])];

start('services/stock/dist/main.js', { PORT: '3001', OTEL_SERVICE_NAME: 'the-service-stock' });
start('services/orders/dist/main.js', { PORT: '3000', OTEL_SERVICE_NAME: 'the-service-orders' });

function start(file, settings) {
  spawn(process.execPath, [...flags, file], { env: { ...process.env, ...settings }, stdio: 'inherit' });
}

// Ctrl-C reaches the services by themselves; they end, and then this does.
process.on('SIGINT', () => undefined);
