import { ANSWERS } from './answers.ts';
import type { Behaviour } from './behaviour.ts';
import { CLOSINGS } from './closings.ts';
import { CONNECTIONS } from './connections.ts';

export const BEHAVIOURS: readonly Behaviour[] = [...CLOSINGS, ...ANSWERS, ...CONNECTIONS];
