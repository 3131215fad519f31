/*
ends: itself
*/
'use strict';
const http = require('http');

http.get({ host: '127.0.0.1', port: 1 });
process.on('exit', (code) => console.log(`exit ${code}`));
