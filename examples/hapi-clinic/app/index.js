'use strict';

const Server = require('./server');

const start = async () => {

    const server = await Server.create();
    await server.start();
    console.log(`clinic on ${server.info.uri}`);

    process.on('SIGTERM', async () => {

        await server.stop({ timeout: 1000 });
        process.exit(0);
    });
};

process.on('unhandledRejection', (err) => {

    console.error(err);
    process.exit(1);
});

start();
