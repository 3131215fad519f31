import cjs from '../dist/lambda.js';

export const { traceLambda } = cjs;
