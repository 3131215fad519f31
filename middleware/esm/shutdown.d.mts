export * from '../dist/shutdown.js';
