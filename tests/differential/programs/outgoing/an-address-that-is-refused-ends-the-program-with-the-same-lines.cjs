/*
ends: itself
*/
'use strict';
const http = require('http');

process.on('exit', (code) => console.log(`exit ${code}`));
setTimeout(() => http.get('nonsense'), 10);
