export { refuseCompletion } from './hook.ts';
export { exportTasks, type Mirrored, seedList, syncTasks } from './mirror.ts';
