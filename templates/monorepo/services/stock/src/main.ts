import '../instrumentation.mjs';
import { portOf, readSettings, serve } from 'the-service-shared';
import { createApp } from './app.js';

const { port } = readSettings((faults) => ({ port: portOf(process.env['PORT'] ?? '3001', faults) }));
const state = { ready: true };
serve(createApp(state), port, state);
