export { type Bootstrap, registerModule } from './bootstrap.ts';
export { addLogCall, callsLogFunction } from './bootstrap-calls.ts';
export { readsDeclarations } from './declarations.ts';
export {
  contextFiles,
  follow,
  homeIn,
  inherited,
  isPlacedAt,
  joinContainer,
  placeOf,
  type StageFiles,
  type Step,
} from './docker-files.ts';
export { imageWithout, lackingImage } from './image-holds.ts';
export { hookedModules, hooksLoader, isMissed, needsHook } from './import-hook.ts';
export { leaveUnreachable } from './leave-unreachable.ts';
export { mountWithout } from './mounted-files.ts';
export { dependencyOf, packageOf } from './packages.ts';
export { isHoisted, isReachable } from './reachable.ts';
export type { Refusal } from './refusal.ts';
export { statedJobs } from './requests/stated-jobs.ts';
export { statedRequest } from './requests/stated-request.ts';
export { statedRoutes } from './routes/stated-routes.ts';
export { isBuildOutput, isReached, sourcesOf, unloadedSources } from './sources.ts';
export { enclosingPackages, hasTargetVersion, serviceNameOf } from './target-packages.ts';
export { type Readiness, readinessOf, type TracedService, tracedServices } from './traced-service.ts';
export { fitOf, versionIn } from './versions.ts';
export { withWorkspacePackages } from './workspace-packages.ts';
