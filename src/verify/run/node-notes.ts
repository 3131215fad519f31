import { join } from 'node:path';
import { satisfies } from 'semver';
import type { Survey } from '../../contract/index.ts';
import { packageOf } from '../../survey/index.ts';
import type { ServiceSetup } from '../setup/setup.ts';
import type { ServiceRun } from './run-scenarios.ts';

/** Programs that ran on another Node.js than their repository asks for: what they proved may differ there. */
export function nodeNotes(survey: Survey, services: readonly ServiceSetup[], runs: readonly ServiceRun[]): string[] {
  return services.flatMap(({ name, dir }) => {
    const ran = runs.find((run) => run.name === name)?.node;
    const target = packageOf(survey, join(dir, 'package.json'))?.node;
    if (ran === undefined || target === undefined || isMeant(ran, target.range)) return [];
    const { file, line } = target.evidence;
    return [`${name} ran on Node.js ${ran}; ${file}:${line} asks for ${target.range}.`];
  });
}

/** Another patch of an exact version is no other Node.js. */
function isMeant(ran: string, range: string): boolean {
  const [exact] = /^\d+\.\d+(?=\.\d+$)/.exec(range) ?? [];
  return satisfies(ran, exact === undefined ? range : `${exact}.x`, { includePrerelease: true });
}
