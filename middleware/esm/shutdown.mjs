import cjs from '../dist/shutdown.js';

export const { flushAndExit } = cjs;
