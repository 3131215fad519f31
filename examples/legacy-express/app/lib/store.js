'use strict';

/*
 * Was MySQL once. The tables were small enough to keep in memory, so here we are.
 */

var tenants = {
	acme: {
		id: 'acme',
		currency: 'EUR',
		customers: [
			{ id: 1, name: 'Road Runner Logistics' },
			{ id: 2, name: 'Coyote & Sons' }
		],
		invoices: [
			{ id: 100, customer: 1, amount: 120.5, currency: 'EUR' },
			{ id: 101, customer: 2, amount: 80, currency: 'USD' },
			{ id: 102, customer: 2, amount: 15, currency: 'XXX' }
		]
	},
	globex: { id: 'globex', currency: 'USD', customers: [], invoices: [] }
};

exports.findTenant = function (id, cb) {
	setImmediate(function () {
		cb(null, tenants.hasOwnProperty(id) ? tenants[id] : null);
	});
};

exports.findCustomers = function (tenant, cb) {
	setImmediate(function () {
		cb(null, tenant.customers.slice());
	});
};

exports.addCustomer = function (tenant, name, cb) {
	setImmediate(function () {
		var customer = { id: tenant.customers.length + 1, name: name };

		tenant.customers.push(customer);
		cb(null, customer);
	});
};

exports.findInvoice = function (tenant, id, cb) {
	setImmediate(function () {
		var found = tenant.invoices.filter(function (invoice) {
			return invoice.id === id;
		});

		cb(null, found[0] || null);
	});
};
