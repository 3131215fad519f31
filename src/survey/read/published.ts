import type { Fact } from '../../contract/index.ts';
import { property } from './json-text.ts';
import { fieldEvidence, type Manifest } from './manifests.ts';
import { joinPath } from './paths.ts';
import type { Reading } from './reading.ts';

const releaseTools = ['semantic-release', 'np', 'release-it', '@changesets/cli'];

/** Few applications say `private`; a list of what to pack, a command or a release tool says that the package is for others. */
export function publishedBy(reading: Reading, manifest: Manifest): Fact<string> | undefined {
  const { root } = manifest.json;
  if (manifest.name === undefined || property(root, 'private')?.value === true) return undefined;
  const field = ['publishConfig', 'files', 'bin'].find((name) => property(root, name) !== undefined);
  if (field !== undefined) return { value: field, evidence: fieldEvidence(manifest, field) };
  const script = manifest.scripts.find((each) => each.name === 'prepublishOnly');
  if (script !== undefined) return { value: script.name, evidence: script.evidence };
  const tool = manifest.dependencies.find(({ name }) => releaseTools.includes(name) && !releasesElsewhere(reading, manifest, name));
  return tool && { value: tool.name, evidence: tool.evidence };
}

/** The tool tags and writes notes, and its configuration says that nothing goes to npm. */
function releasesElsewhere(reading: Reading, manifest: Manifest, tool: string): boolean {
  if (tool === 'semantic-release')
    return configsOf(reading, manifest, 'release', /^(\.releaserc(\.\w+)?|release\.config\.\w+)$/).some(skipsNpm);
  if (tool !== 'release-it') return false;
  const noNpm = /["']?\bnpm["']?\s*[:=]\s*(false|\{[^}]*["']?\bpublish["']?\s*:\s*false)/;
  return configsOf(reading, manifest, 'release-it', /^\.release-it\.\w+$/).some((text) => noNpm.test(text));
}

function skipsNpm(text: string): boolean {
  if (/["']?\bnpmPublish["']?\s*:\s*false/.test(text)) return true;
  return /["']?\bplugins["']?\s*:/.test(text) && !/@semantic-release\/(npm|exec)\b|semantic-release-\w|npm publish/.test(text);
}

/** A field of package.json as it is written, and the files of that name beside it. */
function configsOf(reading: Reading, { dir, json }: Manifest, field: string, name: RegExp): readonly string[] {
  const stated = property(json.root, field);
  const files = reading.repo.files.filter((file) => {
    const base = file.slice(file.lastIndexOf('/') + 1);
    return name.test(base) && file === joinPath(dir, base);
  });
  const written = stated === undefined ? [] : [json.text.slice(stated.offset, stated.offset + stated.length)];
  return [...written, ...files.flatMap((file) => reading.repo.read(file) ?? [])];
}
