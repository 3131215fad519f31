import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../contract/index.ts';
import { type Finding, type Question, questions } from './finding.ts';
import { type Scene, tracedPackages } from './scene.ts';

export interface Asked {
  readonly scene: Scene;
  /** Codemods that the receipt names. */
  readonly codemods: readonly string[];
  /** What the codemods said, also what another finding says in the report. */
  readonly unmet: readonly Finding[];
}

/** Questions that nothing answered: what they are about is not here, or could not be read. They get neither tick nor cross. */
export function unaskedOf(asked: Asked): readonly Question['name'][] {
  return questions.filter(({ codes }) => codes.some((code) => isUnasked(code, asked))).map(({ name }) => name);
}

function isUnasked(code: ErrorCode, { scene, codemods, unmet }: Asked): boolean {
  const { receipt, root } = scene;
  const packages = tracedPackages(scene);
  const isLocked = packages.length > 0 && packages.every(({ lockfiles: [lock] }) => lock !== undefined && !isUnread(lock, scene));
  const saysNo = (...answers: readonly ErrorCode[]): boolean => unmet.some((each) => answers.includes(each.code));
  const isRefused = unmet.some(({ code: said }) => said !== 'TW2102' && said !== 'TW2103' && said !== 'TW2011');
  switch (code) {
    case 'TW2102':
      // The codemods that load tracing are codemods of the receipt, too.
      return codemods.length === 0 || isRefused || saysNo('TW2102', 'TW2103', 'TW2011');
    case 'TW2103':
      return isRefused || saysNo('TW2103');
    case 'TW2104':
      return (receipt?.files.length ?? 0) === 0;
    case 'TW2107':
    case 'TW2121':
      return packages.length === 0;
    case 'TW2120':
      return !isLocked && !['', ...packages.map(({ dir }) => dir)].some((dir) => existsSync(join(root, dir, 'node_modules')));
    case 'TW2122':
      return !isLocked;
    default:
      return false;
  }
}

function isUnread(lock: string, { survey }: Scene): boolean {
  return survey.problems.some(({ code, evidence }) => code === 'TW1006' && evidence.file === lock);
}
