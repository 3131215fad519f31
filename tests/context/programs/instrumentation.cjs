require('@tracewright/middleware/register').register({ serviceName: 'context' });
