import { createRequire } from 'node:module';

createRequire(import.meta.url)('@tracewright/middleware/register').register({ serviceName: 'context' });
