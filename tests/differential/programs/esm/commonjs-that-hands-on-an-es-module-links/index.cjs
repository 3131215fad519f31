module.exports = require('./only.mjs');
