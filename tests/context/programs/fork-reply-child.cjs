process.on('message', ({ n }) => setTimeout(() => process.send({ n }), n % 4));
