'use strict'

module.exports = async function (app) {
  // Guards everything below, answers itself.
  app.addHook('preHandler', async function (request, reply) {
    if (request.headers['x-role'] === 'guest') {
      reply.code(403).send({ error: 'not for guests' })
      return reply
    }
  })

  app.get('/', function (request, reply) {
    app.parcels.find(request.params.id).then(
      (parcel) => reply.send({ cents: price(parcel.weight) }),
      (err) => reply.send(err)
    ).catch((err) => reply.send(err))
  })
}

function price (grams) {
  if (grams < 0) throw new RangeError('a parcel cannot weigh ' + grams)
  return 300 + Math.ceil(grams / 1000) * 150
}
