import cjs from '../dist/register.js';

export const { register, shutdown } = cjs;
