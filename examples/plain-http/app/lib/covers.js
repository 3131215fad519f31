'use strict'

const http = require('node:http')
const https = require('node:https')

/** Asks the cover service where the picture of a book is; null when it does not know. */
exports.fetchCover = function fetchCover (book, base) {
  const url = `${base}/covers/${book.id}`
  const client = url.startsWith('https:') ? https : http

  return new Promise((resolve, reject) => {
    client.get(url, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (chunk) => { text += chunk })
      res.on('end', () => resolve(res.statusCode === 200 ? JSON.parse(text).url : null))
    }).on('error', reject)
  })
}
