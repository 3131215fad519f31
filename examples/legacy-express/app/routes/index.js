'use strict';

var express = require('express')
  , router = express.Router();

/* GET home page. */
router.get('/', function (req, res, next) {
	res.type('text/plain').send('billing 1.7.3\n');
});

router.get('/health', function (req, res, next) {
	res.json({ status: 'ok' });
});

module.exports = router;
