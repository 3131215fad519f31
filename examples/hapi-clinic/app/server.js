'use strict';

const Hapi = require('@hapi/hapi');

exports.create = async () => {

    const server = Hapi.server({ port: process.env.PORT || 8000, host: '127.0.0.1', routes: { cors: true } });

    await server.register(require('./plugins/patients'), { routes: { prefix: '/api/patients' } });
    await server.register(require('./plugins/visits'), { routes: { prefix: '/api' } });

    server.events.on({ name: 'request', channels: 'error' }, (request, { error }) => {

        console.error(`${request.method} ${request.path}`, error);
    });

    server.ext('onPreResponse', (request, h) => {

        const { response } = request;
        if (response.isBoom && response.output.statusCode >= 500) {
            response.output.payload.message = 'Ask the front desk';
        }

        return h.continue;
    });

    return server;
};
