const express = require('express');

function serve(name, done) {
  const app = express();
  app.get('/:id', (req, res) => res.json({ name, id: req.params.id, listeners: process.listenerCount('SIGTERM') }));
  const server = app.listen(0, '127.0.0.1', () => {
    console.log(`port ${server.address().port}`);
    done();
  });
}
module.exports = { serve, express };
if (require.main === module) serve('alone', () => undefined);
