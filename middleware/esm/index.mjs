import cjs from '../dist/index.js';

export const { traced, inject, extract, withCarrier, bindContext } = cjs;
