export type { Instrumentation, Library, Role } from './library.ts';
export {
  everyInstrumentation,
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
