'use strict';

var request = require('request');

/**
 * Converts an amount with the rates service.
 *
 * RATES_URL used to point at rates.internal; since that box is gone we answer
 * /rates ourselves and call it the same way as before.
 */
module.exports = function (amount, from, to, port, cb) {
	var base = process.env.RATES_URL || 'http://localhost:' + port + '/rates';

	request({ url: base + '/' + from + '/' + to, json: true }, function (err, response, body) {
		if (err) return cb(err);

		if (response.statusCode !== 200) {
			return cb(new Error('rates answered ' + response.statusCode + ' for ' + from + ' to ' + to));
		}

		cb(null, Math.round(amount * body.rate * 100) / 100);
	});
};
