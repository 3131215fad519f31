const workerpool = require('workerpool');
const { ask } = require('./ask.cjs');
workerpool.worker({ ask });
