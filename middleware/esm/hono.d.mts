export * from '../dist/hono.js';
