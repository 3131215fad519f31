import { writeSync } from 'node:fs';
import { codemods } from '../../codemods/index.gen.ts';
import { createPlan } from '../../src/engine/index.ts';
import { canonicalJson } from '../../src/engine/plan/canonical.ts';
import { workbenchOf } from './plan-fixture.ts';

// A child process for the determinism tests: prints the plan of the folder that is given.
writeSync(1, canonicalJson(createPlan(process.argv[2] ?? '', { only: [], skip: [] }, workbenchOf(codemods))));
