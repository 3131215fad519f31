import cjs from '../dist/hono.js';

export const { traceHono } = cjs;
