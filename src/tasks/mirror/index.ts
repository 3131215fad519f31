export { refuseCompletion } from './hook.ts';
export { listIdOf, workBranch } from './list-place.ts';
export { exportTasks, type Mirrored, seedList, syncTasks } from './mirror.ts';
