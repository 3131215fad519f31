import cjs from '../dist/http.js';

export const { traceHttp } = cjs;
