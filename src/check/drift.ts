import { hashOf } from '../engine/index.ts';
import { type Finding, finding } from './finding.ts';
import { isAllowed, type Scene } from './scene.ts';

// These change every day; whether the edits in them still stand is asked of the codemods.
const pipelines = /(?:^|\/)(?:\.github\/workflows\/[^/]+|\.gitlab-ci\.yml|ci\/trace-gate\.sh)$/;
const asked = /(?:\.[cm]?[jt]sx?|(?:^|\/)package\.json|(?:^|\/)bin\/[^/.]+)$/;

/** Files of the receipt that are no longer as apply left them. */
export function findDrift(scene: Scene): readonly Finding[] {
  const { root, receipt } = scene;
  return (receipt?.files ?? []).flatMap(({ file, before, after }): readonly Finding[] => {
    const now = hashOf(root, file);
    if (now === after || pipelines.test(file) || isAllowed(scene, file)) return [];
    if (after === null) return [finding('TW2106', file, 1, `Apply deleted ${file}, and it is back.`)];
    if (now === null) return [finding('TW2104', file, 1, `Apply wrote ${file}, and it is gone.`)];
    if (before === null) return [finding('TW2105', file, 1, `Apply created ${file}, and it has other bytes now.`)];
    if (asked.test(file)) return [];
    return [{ ...finding('TW2106', file, 1, `${file} changed after apply edited it.`), level: 'warning' }];
  });
}
