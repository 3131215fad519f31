import cjs from '../dist/express.js';

export const { traceExpress, mountPath } = cjs;
