/** Every sentence this codemod says. */
export const reasons = {
  load: 'Loads the function that gives server spans their route and records errors.',
  trace: 'Each server span of this app gets its route and its error; the app keeps its own router, settings and layers.',
  upgrade: 'As a middleware it made the router before the settings that come after it; as a plain call it makes nothing.',
  named: 'The router of this service names its routes itself, so nothing needs to be called here.',
  unused: 'Nothing in this file is called from there any more.',
  mount: 'The template of a mount is read from the router now, so it need not be stated.',
  kept: 'traceExpress() is called in a place where this version did not write it, so it is left as it is: it makes the router at once.',
  keptNext:
    'Write `traceExpress(app);` right after the app is created and take this call out, unless all settings of the app come before it.',
  satisfied: 'Every Express app already has traceExpress.',
  noApp: 'No Express 4 or 5 app is created in the product code.',
  noAppNext: 'Nothing to do: an app that a library creates is found when a server gets it.',
  deepRouters: (levels: number): string =>
    `More than ${levels} routers lead to this call, so the routes behind it are not listed in the plan; they are traced all the same.`,
  manyRoutes: (calls: number): string =>
    `Routers are mounted on each other in so many ways that an app has more than ${calls} routes, so those behind this call are not listed in the plan; they are traced all the same.`,
  routesNext: 'Name the requests that verify is to send behind this call in tracewright.yaml.',
} as const;

/** Where no call is needed, and how that is known. */
export function namesItselfWhy(router: string, lockfile: string): string {
  return `The installed router names its routes itself (router ${router} in ${lockfile}), so no call is needed in the code.`;
}
