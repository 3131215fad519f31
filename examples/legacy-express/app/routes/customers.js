'use strict';

var express = require('express')
  , createError = require('http-errors')
  , store = require('../lib/store')
  , router = express.Router({ mergeParams: true });

router.get('/', function (req, res, next) {
	store.findCustomers(res.locals.tenant, function (err, customers) {
		if (err) return next(err);

		res.json(customers);
	});
});

router.post('/', function (req, res, next) {
	if (!req.body.name) return next(createError(400, 'name is required'));

	store.addCustomer(res.locals.tenant, req.body.name, function (err, customer) {
		if (err) return next(err);

		console.log('new customer %d for %s', customer.id, req.params.tenant);
		res.status(201).json(customer);
	});
});

module.exports = router;
