export { everyInstrumentation } from './every-instrumentation.ts';
export type { Instrumentation, Library, Role } from './library.ts';
export {
  frameworkVariables,
  hasUnreadRoutes,
  instrumentationsOf,
  isLogger,
  isReadByMiddleware,
  isServerFramework,
  libraries,
  libraryOf,
  mayBe,
  pluginFor,
  readingOf,
  sendingLibraries,
  versionsFor,
  versionsRead,
} from './questions.ts';
