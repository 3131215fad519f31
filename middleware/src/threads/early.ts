import { watchOwnChannel } from './forks';

// Loaded by `--require` in a forked process whose bootstrap is an ES module.
watchOwnChannel();
