'use strict';

var express = require('express')
  , logger = require('morgan')
  , cookieParser = require('cookie-parser')
  , bodyParser = require('body-parser')
  , createError = require('http-errors')
  , tenant = require('./middleware/tenant')
  , index = require('./routes/index')
  , rates = require('./routes/rates')
  , customers = require('./routes/customers')
  , invoices = require('./routes/invoices');

var app = express();

app.disable('x-powered-by');

app.use(logger('short'));
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.use(cookieParser());

app.use('/', index);
app.use('/rates', rates);
app.use('/api/:tenant', tenant);
app.use('/api/:tenant/customers', customers);
app.use('/api/:tenant/invoices', invoices);

// catch 404 and forward to error handler
app.use(function (req, res, next) {
	next(createError(404));
});

// error handler
app.use(function (err, req, res, next) {
	var status = err.status || 500;

	if (status >= 500) {
		console.error(err.message);
	}

	if (res.headersSent) {
		return next(err);
	}

	res.status(status).json({ error: err.message });
});

module.exports = app;
