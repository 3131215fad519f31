export * from './codemod.ts';
export * from './edit.ts';
export * from './errors.ts';
export * from './nearest.ts';
export * from './plan.ts';
export * from './receipt.ts';
export * from './repo.ts';
export * from './survey.ts';
