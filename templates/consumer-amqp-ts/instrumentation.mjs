// Starts tracing, so it must load before everything else. The standard OTEL_* variables configure it.
import { createRequire, register as hookThread } from 'node:module';
import { register as hookSync, supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs';

// The hook changes how a module loads, so it gets only what is instrumented.
const include = ['amqplib'];
if (supportsSyncHooks()) hookSync({ include });
else hookThread('@opentelemetry/instrumentation/hook.mjs', import.meta.url, { data: { include } });

const require = createRequire(import.meta.url);
const { register } = require('@tracewright/middleware/register');
const { logRequests } = require('@tracewright/middleware/logs');
const { AmqplibInstrumentation } = require('@opentelemetry/instrumentation-amqplib');

register({
  serviceName: 'the-service',
  instrumentations: [new AmqplibInstrumentation()],
});
logRequests();
