import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { checkMigrated, draftSetup, type SetupDraft, writeDraft } from '../../verify/index.ts';

export interface DraftFacts extends SetupDraft {
  /** False where there is a tracewright.yaml: it is somebody's, and stays. */
  readonly written: boolean;
}

/** Drafts a tracewright.yaml from the code and puts it where there is none. Starts nothing. */
export async function draftScenario(root: string): Promise<DraftFacts> {
  checkMigrated(root);
  const draft = await draftSetup(root);
  const written = lstatSync(join(root, 'tracewright.yaml'), { throwIfNoEntry: false }) === undefined;
  if (written) writeDraft(root, draft.text);
  return { ...draft, written };
}
