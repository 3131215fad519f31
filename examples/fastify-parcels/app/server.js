'use strict'

const build = require('./app')

const app = build({
  logger: { level: process.env.LOG_LEVEL || 'info' },
  trustProxy: true
})

app.listen({ port: Number(process.env.PORT) || 3000, host: process.env.HOST || '127.0.0.1' }, function (err) {
  if (err) {
    app.log.error(err)
    process.exit(1)
  }
})
