'use strict';

var express = require('express')
  , createError = require('http-errors')
  , convert = require('../lib/convert')
  , store = require('../lib/store')
  , router = express.Router({ mergeParams: true });

router.param('id', function (req, res, next, id) {
	store.findInvoice(res.locals.tenant, Number(id), function (err, invoice) {
		if (err) return next(err);
		if (!invoice) return next(createError(404, 'no such invoice'));

		req.invoice = invoice;
		next();
	});
});

router.get('/:id', function (req, res, next) {
	res.json(req.invoice);
});

/* The invoice in the tenant's own currency. */
router.get('/:id/total', function (req, res, next) {
	var invoice = req.invoice
	  , currency = res.locals.tenant.currency;

	convert(invoice.amount, invoice.currency, currency, req.app.get('port'), function (err, amount) {
		if (err) return next(err);

		res.json({ id: invoice.id, amount: amount, currency: currency });
	});
});

module.exports = router;
