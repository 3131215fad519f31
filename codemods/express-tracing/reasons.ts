/** Every sentence this codemod says. */
export const reasons = {
  load: 'Loads the middleware that gives server spans their route and records errors.',
  trace: 'The first middleware sees every request, so each server span gets its route and its error.',
  mount: 'Express forgets the template of a mount path with parameters, so it is stated where it is mounted.',
  satisfied: 'Every Express app already starts with traceExpress.',
  noApp: 'No Express 4 or 5 app is created in the product code.',
  noAppNext: 'Nothing to do unless an Express app is created behind a wrapper; then call `app.use(traceExpress())` there.',
  deepRouters: (levels: number): string =>
    `More than ${levels} routers lead to this call, so the routes behind it are not listed in the plan; they are traced all the same.`,
  manyRoutes: (calls: number): string =>
    `Routers are mounted on each other in so many ways that an app has more than ${calls} routes, so those behind this call are not listed in the plan; they are traced all the same.`,
  routesNext: 'Name the requests that verify is to send behind this call in tracewright.yaml.',
} as const;
