'use strict';

var createError = require('http-errors')
  , store = require('../lib/store');

module.exports = function (req, res, next) {
	store.findTenant(req.params.tenant, function (err, tenant) {
		if (err) return next(err);
		if (!tenant) return next(createError(404, 'no such tenant'));

		res.locals.tenant = tenant;
		next();
	});
};
