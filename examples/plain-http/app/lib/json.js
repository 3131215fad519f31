'use strict'

exports.sendJson = function sendJson (res, status, body) {
  const text = JSON.stringify(body)
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
  res.end(text)
}

exports.readJson = async function readJson (req) {
  let text = ''
  for await (const chunk of req) text += chunk

  try {
    return JSON.parse(text)
  } catch {
    throw Object.assign(new Error('body is not JSON'), { statusCode: 400 })
  }
}
