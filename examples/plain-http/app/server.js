'use strict'

const http = require('node:http')
const { URL } = require('node:url')
const books = require('./lib/books')
const { readJson, sendJson } = require('./lib/json')
const { fetchCover } = require('./lib/covers')

const port = Number(process.env.PORT || 8080)
const host = process.env.HOST || '127.0.0.1'

const BOOK = /^\/books\/(\d+)$/
const LOAN = /^\/books\/(\d+)\/loan$/

async function onBooks (req, res, pathname) {
  if (req.method === 'GET' && pathname === '/books') {
    return sendJson(res, 200, await books.list())
  }

  if (req.method === 'POST' && pathname === '/books') {
    const book = await books.add(await readJson(req))
    console.log('added', book.id, book.title)
    return sendJson(res, 201, book)
  }

  let match = BOOK.exec(pathname)
  if (match && req.method === 'GET') {
    const book = await books.find(Number(match[1]))
    if (!book) return sendJson(res, 404, { error: 'no such book' })

    const cover = await fetchCover(book, process.env.COVERS_URL || `http://${host}:${server.address().port}`)
    return sendJson(res, 200, { ...book, cover })
  }

  match = LOAN.exec(pathname)
  if (match && req.method === 'POST') {
    // Throws for a book that is already lent.
    const loan = await books.lend(Number(match[1]))
    return sendJson(res, 201, loan)
  }

  sendJson(res, 404, { error: 'not found' })
}

function onCover (req, res, pathname) {
  const id = pathname.slice('/covers/'.length)
  sendJson(res, 200, { url: `/static/${id}.jpg` })
}

async function onRequest (req, res) {
  const { pathname } = new URL(req.url, 'http://localhost')

  try {
    switch (pathname) {
      case '/':
        res.setHeader('Location', '/books')
        res.writeHead(302)
        res.end()
        break
      case '/health':
        sendJson(res, 200, { status: 'ok', books: books.size() })
        break
      default:
        if (pathname.startsWith('/covers/')) {
          onCover(req, res, pathname)
        } else {
          await onBooks(req, res, pathname)
        }
    }
  } catch (err) {
    console.error('%s %s failed:', req.method, pathname, err)
    if (!res.headersSent) sendJson(res, err.statusCode || 500, { error: err.message })
  }
}

const server = http.createServer(onRequest)

server.listen(port, host, () => {
  console.log(`catalogue on http://${host}:${server.address().port}`)
})
