'use strict'

const fastify = require('fastify')

module.exports = function build (opts) {
  const app = fastify(opts)

  app.register(require('./plugins/store'))
  app.register(require('./routes/status'))
  app.register(require('./routes/parcels'), { prefix: '/v2/parcels' })

  app.setErrorHandler(function (err, request, reply) {
    if (err.validation) {
      return reply.code(400).send({ error: 'bad request', message: err.message })
    }
    request.log.error(err)
    reply.code(err.statusCode || 500).send({ error: err.name })
  })

  return app
}
