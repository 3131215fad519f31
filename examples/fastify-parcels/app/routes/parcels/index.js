'use strict'

const postage = require('./postage')

module.exports = async function (app) {
  app.get('/:id', async function (request, reply) {
    const parcel = await app.parcels.find(request.params.id)
    if (!parcel) return reply.code(404).send({ error: 'no such parcel' })
    request.log.info({ depot: parcel.depot }, 'parcel found')
    return parcel
  })

  app.route({
    method: ['POST', 'PUT'],
    url: '/',
    schema: {
      body: {
        type: 'object',
        required: ['weight'],
        properties: { weight: { type: 'integer' }, depot: { type: 'string' } }
      }
    },
    handler: async function (request, reply) {
      const parcel = await app.parcels.add(request.body)
      reply.code(201)
      return parcel
    }
  })

  app.register(postage, { prefix: '/:id/postage' })
}
