// Starts tracing, so it must load before everything else. The standard OTEL_* variables configure it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { register } = require('@tracewright/middleware/register');
const { logRequests } = require('@tracewright/middleware/logs');

register({ serviceName: 'the-service-orders' });
logRequests();
