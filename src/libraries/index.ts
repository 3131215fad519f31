export type { Instrumentation, Library, Role } from './library.ts';
export {
  everyInstrumentation,
  frameworkVariables,
  hasUnreadRoutes,
  instrumentationsOf,
  isLogger,
  isServerFramework,
  libraries,
  libraryOf,
  mayBe,
  pluginFor,
  sendingLibraries,
  versionsFor,
} from './questions.ts';
