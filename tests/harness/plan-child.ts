import { writeSync } from 'node:fs';
import { codemods } from '../../codemods/index.gen.ts';
import { canonicalJson } from '../../src/engine/canonical.ts';
import { createPlan } from '../../src/engine/index.ts';
import { workbenchOf } from './plan-fixture.ts';

// A child process for the determinism tests: prints the plan of the folder that is given.
writeSync(1, canonicalJson(createPlan(process.argv[2] ?? '', { only: [], skip: [] }, workbenchOf(codemods))));
