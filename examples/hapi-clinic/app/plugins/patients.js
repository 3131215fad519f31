'use strict';

const Boom = require('@hapi/boom');

const patients = new Map([['7', { id: '7', name: 'Ada' }]]);

exports.plugin = {
    name: 'patients',
    register: (server) => {

        server.method('patients.find', (id) => patients.get(id));

        server.route({
            method: 'GET',
            path: '/{id}',
            handler: (request) => {

                const patient = server.methods.patients.find(request.params.id);
                if (!patient) {
                    throw Boom.notFound('No such patient');
                }

                return patient;
            }
        });

        server.route({
            method: ['POST', 'PUT'],
            path: '/',
            handler: (request, h) => {

                const { name } = request.payload;
                if (!name) {
                    return Boom.badRequest('A patient has a name');
                }

                const id = String(patients.size + 7);
                patients.set(id, { id, name });
                return h.response({ id, name }).code(201);
            }
        });
    }
};
