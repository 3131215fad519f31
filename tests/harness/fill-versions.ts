import { middlewareVersion, shippedVersion } from '../../src/cohort/index.ts';
import type { CohortId } from '../../src/contract/index.ts';

const placeholder = /\{\{(?:(middleware)|(sdk-[1-9]) ([@\w./-]+))\}\}/g;

/** Fixtures name what this version ships as `{{middleware}}` and `{{sdk-2 @opentelemetry/core}}`, so that a new version touches none of them. */
export function fillVersions(files: Readonly<Record<string, Buffer>>): Readonly<Record<string, Buffer>> {
  return Object.fromEntries(Object.entries(files).map(([file, bytes]) => [fill(file), fillBytes(bytes)]));
}

function fillBytes(bytes: Buffer): Buffer {
  const text = bytes.includes('{{') ? bytes.toString('utf8') : '';
  const filled = fill(text);
  return filled === text ? bytes : Buffer.from(filled, 'utf8');
}

function fill(text: string): string {
  return text.replace(placeholder, (whole: string, middleware: string | undefined, cohort: CohortId, name: string) => {
    const version = middleware === undefined ? shippedVersion(cohort, name) : middlewareVersion;
    if (version === undefined) throw new Error(`no version is shipped for ${whole}`);
    return version;
  });
}
