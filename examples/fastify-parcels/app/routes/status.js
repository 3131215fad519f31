'use strict'

module.exports = async function (app) {
  app.get('/status', { logLevel: 'warn' }, async () => ({ ok: true }))
}
