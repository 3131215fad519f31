'use strict';

var express = require('express')
  , createError = require('http-errors')
  , router = express.Router();

var rates = { EUR: 1, USD: 1.25, GBP: 0.8 };

router.get('/:from/:to', function (req, res, next) {
	var from = rates[req.params.from]
	  , to = rates[req.params.to];

	if (!from || !to) return next(createError(404, 'unknown currency'));

	res.json({ rate: to / from });
});

module.exports = router;
