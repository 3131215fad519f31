import { type ExpectedSpan, nearest, TracewrightError } from '../contract/index.ts';
import { readAsset } from '../engine/plan/toolkit.ts';

/** A service to begin with, as it is listed. */
export interface Template {
  /** Kebab case; equals its folder in `templates/`. */
  readonly id: string;
  /** Sentence case, no full stop. */
  readonly title: string;
  readonly description: string;
  /** Codemods whose work is in it: `check` asks them again. */
  readonly codemods: readonly string[];
  /** It cannot be one of several services that are begun together. */
  readonly alone?: true;
}

/** A template with the text of each of its files, by path. */
export interface TemplateFiles extends Template {
  readonly files: Readonly<Record<string, string>>;
  /** Codemods whose work is in it, and the spans that each promises. */
  readonly expects: Readonly<Record<string, readonly ExpectedSpan[]>>;
  /** The lock file of each line of versions that is not the one in `files`. */
  readonly locks: Readonly<Record<string, string>>;
}

/** Every template, in the order they are listed. */
export function listTemplates(): readonly Template[] {
  return parse('templates/index.json');
}

/** A template by its id. Throws TW1103 with the nearest one. */
export function readTemplate(id: string): TemplateFiles {
  const ids = listTemplates().map((template) => template.id);
  if (ids.includes(id)) return parse(`templates/${id}.json`);
  const meant = nearest(id, ids) ?? ids.find((each) => each.startsWith(`${id}-`));
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  throw new TracewrightError('TW1103', `'${id}'${hint}; there are ${ids.join(', ')}`);
}

function parse<T>(asset: string): T {
  return JSON.parse(Buffer.from(readAsset(asset)).toString('utf8')) as T;
}
