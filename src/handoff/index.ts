export { handOffPlan } from './plan-handoff.ts';
export { handOffVerify, type Proven } from './verify-handoff.ts';
