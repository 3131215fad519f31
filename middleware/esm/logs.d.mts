export * from '../dist/logs.js';
