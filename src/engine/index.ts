export { type Composition, chooseCodemods, composePlan, type Workbench } from './compose-plan.ts';
