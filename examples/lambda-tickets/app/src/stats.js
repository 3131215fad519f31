"use strict";

const store = require("./store");

// Older than async functions on Lambda.
exports.handler = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  store.countOpen((err, open) => {
    if (err) return callback(err);
    callback(null, { statusCode: 200, body: JSON.stringify({ open }) });
  });
};
