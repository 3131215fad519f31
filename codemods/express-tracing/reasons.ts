/** One sentence per edit. */
export const reasons = {
  load: 'Loads the middleware that gives server spans their route and records errors.',
  trace: 'The first middleware sees every request, so each server span gets its route and its error.',
  mount: 'Express forgets the template of a mount path with parameters, so it is stated where it is mounted.',
  satisfied: 'Every Express app already starts with traceExpress.',
  noApp: 'No Express 4 or 5 app is created in the product code.',
  noAppNext: 'Nothing to do unless an Express app is created behind a wrapper; then call `app.use(traceExpress())` there.',
} as const;
