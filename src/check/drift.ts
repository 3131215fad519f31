import type { ReceiptFile } from '../contract/index.ts';
import { hashOf, isReformatted, readIfThere } from '../engine/index.ts';
import { type Finding, finding } from './finding.ts';
import { isAllowed, type Scene } from './scene.ts';

// These change every day; whether the edits in them still stand is asked of the codemods.
const pipelines = /(?:^|\/)(?:\.github\/workflows\/[^/]+|\.gitlab-ci\.yml|ci\/trace-gate\.sh)$/;
// Of a service that was begun from a template only these are not its owner's.
const ours = /(?:^|\/)(?:instrumentation\.[cm]?[jt]s|vendor\/tracewright-[^/]+\.tgz)$/;
// What a part is added to and no codemod reads.
const theirs = /(?:^|\/)(?:tracewright\.yaml|\.env\.example|tests?\/.*)$/;
const asked = /(?:\.[cm]?[jt]sx?|(?:^|\/)package\.json|(?:^|\/)bin\/[^/.]+)$/;

/** Files of the receipt that are no longer as apply left them. */
export function findDrift(scene: Scene, unmet: readonly Finding[]): readonly Finding[] {
  const options = scene.receipt?.applied.map((applied) => applied.options) ?? [];
  const isBegun = options.some(({ scaffold }) => scaffold !== undefined);
  const isAdded = options.some(({ add }) => add !== undefined);
  const files = (scene.receipt?.files ?? []).filter(
    ({ file, before }) => ours.test(file) || !(before === null ? isBegun || isAdded : isAdded && theirs.test(file)),
  );
  return files.flatMap((written): readonly Finding[] => {
    const { file, before, after } = written;
    const now = hashOf(scene.root, file);
    if (now === after) return copiesOf(scene, written);
    if (pipelines.test(file) || isAllowed(scene, file) || isReformatted(written, readIfThere(scene.root, file))) return [];
    if (after === null) return [finding('TW2106', file, 1, `Apply deleted ${file}, and it is back.`)];
    if (now === null) return goneIn(scene, written, unmet);
    if (before === null) return [finding('TW2105', file, 1, `Apply created ${file}, and it has other bytes now.`)];
    if (asked.test(file)) return [];
    return [{ ...finding('TW2106', file, 1, `${file} changed after apply edited it.`), level: 'warning' }];
  });
}

function goneIn(scene: Scene, { file, before, after }: ReceiptFile, unmet: readonly Finding[]): readonly Finding[] {
  const moved = before === null ? twinOf(scene, file, after) : undefined;
  // A person may put the bootstrap elsewhere and load it there: then the codemods miss nothing.
  if (moved !== undefined && !unmet.some((each) => each.file === file)) return [];
  const where = moved === undefined ? '' : ` ${moved} has its bytes, and nothing loads that.`;
  return [finding('TW2104', file, 1, `Apply wrote ${file}, and it is gone.${where}`)];
}

/** A second bootstrap with the same bytes. */
function copiesOf(scene: Scene, { file, before, after }: ReceiptFile): readonly Finding[] {
  const copy = before === null && isBootstrap.test(file) ? twinOf(scene, file, after) : undefined;
  if (copy === undefined || isAllowed(scene, copy)) return [];
  return [finding('TW2108', copy, 1, `${copy} is a copy of ${file}: loaded as well, it starts tracing twice.`)];
}

const isBootstrap = /(?:^|\/)instrumentation\.[cm]?[jt]s$/;

/** Another file of the same name and bytes, in the same package or beside it. */
function twinOf({ root, tree, receipt }: Scene, file: string, hash: string | null): string | undefined {
  const own = new Set(receipt?.files.map((each) => each.file));
  const name = file.slice(file.lastIndexOf('/') + 1);
  const others = tree.files.filter((other) => other !== file && !own.has(other) && other.slice(other.lastIndexOf('/') + 1) === name);
  return others.find((other) => hashOf(root, other) === hash);
}
