'use strict';

const visits = { 1: ['cough', 'fever'], 2: undefined };

exports.plugin = {
    name: 'visits',
    dependencies: 'patients',
    register: (server) => {

        server.route([
            {
                method: 'GET',
                path: '/patients/{id}/visits/{visit}/findings',
                handler: (request) => {

                    // Visit 2 was lost in the move.
                    return visits[request.params.visit].map((text) => ({ text }));
                }
            },
            {
                method: 'GET',
                path: '/files/{path*}',
                handler: (request) => ({ path: request.params.path })
            }
        ]);
    }
};
