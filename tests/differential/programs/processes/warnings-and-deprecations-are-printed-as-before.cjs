/*
ends: itself
untraced: it takes no request
*/
const { EventEmitter } = require('events');

process.emitWarning('of the program', { code: 'APP001', detail: 'with detail' });
process.emitWarning('deprecated', 'DeprecationWarning', 'DEP9999');
const emitter = new EventEmitter();
for (let count = 0; count < 11; count += 1) emitter.on('many', () => {});
process.on('warning', (warning) => console.log(warning.name, warning.code));
