export { portOf, readSettings, urlOf } from './config.js';
export { Fault, sendError, sendNotFound } from './errors.js';
export { log } from './log.js';
export { type State, serve } from './serve.js';
