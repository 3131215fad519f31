import cjs from '../dist/logs.js';

export const { bridgeConsole, logRequests, writeTraceIds } = cjs;
