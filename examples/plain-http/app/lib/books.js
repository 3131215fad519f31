'use strict'

const shelf = new Map([
  [1, { id: 1, title: 'The Mythical Man-Month', lent: false }],
  [2, { id: 2, title: 'A Fire Upon the Deep', lent: true }]
])

exports.size = () => shelf.size

exports.list = async () => [...shelf.values()]

exports.find = async (id) => shelf.get(id)

exports.add = async ({ title } = {}) => {
  if (typeof title !== 'string' || title === '') {
    throw Object.assign(new Error('title is required'), { statusCode: 400 })
  }

  const book = { id: shelf.size + 1, title, lent: false }
  shelf.set(book.id, book)
  return book
}

exports.lend = async (id) => {
  const book = shelf.get(id)
  if (!book) throw Object.assign(new Error('no such book'), { statusCode: 404 })
  if (book.lent) throw new Error(`book ${id} is already lent`)

  book.lent = true
  return { book: id }
}
