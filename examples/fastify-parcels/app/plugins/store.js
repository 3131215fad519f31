'use strict'

const fp = require('fastify-plugin')

const parcels = new Map([
  ['p1', { id: 'p1', weight: 1200, depot: 'leipzig' }],
  ['p2', { id: 'p2', weight: -1, depot: 'lyon' }]
])

module.exports = fp(async function (app) {
  app.decorate('parcels', {
    async find (id) {
      return parcels.get(id)
    },
    async add (parcel) {
      const id = 'p' + (parcels.size + 1)
      parcels.set(id, { id, ...parcel })
      return parcels.get(id)
    }
  })
})
