import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapePattern } from '../../contract/escape-pattern.ts';
import { TracewrightError } from '../../contract/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Takes secrets out of what is shown and kept. */
export interface Masker {
  /** For messages and reports: known values, what has the shape of a secret, and what stands after a name such as `password=`. */
  text(text: string): string;
  /** The same value with every text masked; the value itself when it holds no secret. */
  deep<T>(value: T): T;
  /** As `deep`, for golden traces: known values and unmistakable shapes only. */
  golden<T>(value: T): T;
  /** An error that may be shown. */
  error(error: unknown): unknown;
}

/** Reads as `<secret>`, and in a golden trace it accepts everything. */
const mask = '<secret>';

const secretNames =
  /pass(word|wd|phrase)?($|_)|pwd$|secret|token|credential|auth(?!or)|(api|access|private|encryption|signing|master|service)_?key|connection_?string|dsn$/i;
const harmlessNames = /^(old)?pwd$|(_file|_path|_dir|_sock|_url|_host|_user(name)?|_type|_mode|_method|_issuer|_audience)$|^xauthority$/i;

/** Defaults that everybody knows; masking them would hide names of products. */
const defaults =
  /^(true|false|null|undefined|postgres(ql)?|mysql|mariadb|mongo(db)?|redis|rabbitmq|guest|admin|root|password|passwd|secret|changeme|example|localhost|production|development|disabled|enabled|required|optional)$/i;

/** What is a secret by its shape alone, wherever it stands. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, mask],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/g, mask],
  [/\b(gh[pousr]_|github_pat_|glpat-|npm_|AIza|xox[abeprs]-|[rs]k[-_](live|test|proj|ant)[-_])[\w-]{16,}/g, mask],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/:@'"<>]*:[^\s/@'"<>]+@/gi, `$1${mask}@`],
  [/\b(Bearer|Basic)(\s+)(?=[\w.~+/-]*\d)[\w.~+/-]{12,}=*/gi, `$1$2${mask}`],
];

/** What stands after a telling name, in text, JSON, headers, queries and shell commands. */
const assigned =
  /((?:pass(?:word|wd|phrase)|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?secret|authorization|cookie)["']?(?:=|:\s?)["']?)(?!<|\$\{|\s)((?:Bearer|Basic) )?[^\s"',;&})\]]{4,}/gi;

function passwordsIn(value: string): string[] {
  return [...value.matchAll(/:\/\/[^\s/:@]*:([^\s/@]+)@/g)].flatMap(([, password = '']) => [password, safeDecode(password)]);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isTelling(value: string): boolean {
  const enough = value.length >= 8 || (value.length >= 6 && /[^a-z]/i.test(value));
  return enough && !defaults.test(value) && !/^\d{1,9}$/.test(value);
}

function secretsOf(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) => {
    const own = secretNames.test(name) && !harmlessNames.test(name) ? [value.trim()] : [];
    return [...own, ...passwordsIn(value)].filter(isTelling).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  });
}

/** The variables of `.env` files in some folders, which programs read by themselves. */
export function readEnvFiles(folders: readonly string[]): Environment[] {
  return folders.flatMap((folder) => {
    try {
      const names = readdirSync(folder).filter((name) => /^\.env(\.|$)/.test(name));
      return names.map((name) => parseEnvFile(readFileSync(join(folder, name), 'utf8')));
    } catch {
      return [];
    }
  });
}

function parseEnvFile(source: string): Environment {
  const lines = source.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^#\r\n]*))/gm);
  return Object.fromEntries([...lines].map(([, name = '', double, single, bare = '']) => [name, double ?? single ?? bare.trim()]));
}

/** Whole words only; the longest first, as one may begin like another. */
function patternOf(secrets: readonly string[]): RegExp | undefined {
  const unique = [...new Set(secrets)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return unique.length === 0 ? undefined : new RegExp(`(?<![A-Za-z0-9])(?:${unique.map(escapePattern).join('|')})(?![A-Za-z0-9])`, 'g');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Copies only what changes, so that big traces without secrets cost no memory. */
function mapTexts(value: unknown, change: (text: string) => string, known: WeakMap<object, unknown>): unknown {
  if (typeof value === 'string') return change(value);
  if (!isRecord(value)) return value;
  if (known.has(value)) return known.get(value);
  known.set(value, value);
  const pairs = Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, known)] as const);
  const changed = pairs.some(([key, item]) => item !== value[key]);
  const result = changed ? (Array.isArray(value) ? pairs.map(([, item]) => item) : Object.fromEntries(pairs)) : value;
  known.set(value, result);
  return result;
}

/** A masker that knows the secrets of these environments: values of variables with telling names, and passwords in urls. */
export function createMasker(environments: readonly Environment[]): Masker {
  const pattern = patternOf(environments.flatMap(secretsOf));
  const strict = (text: string): string => {
    if (text.length < 6) return text;
    const known = pattern ? text.replace(pattern, mask) : text;
    return shapes.reduce((rest, [shape, by]) => rest.replace(shape, by), known);
  };
  const text = (given: string): string => (/^[0-9a-f]*$/.test(given) && !pattern ? given : strict(given).replace(assigned, `$1${mask}`));
  const masked = new WeakMap<object, unknown>();
  return {
    text,
    deep: <T>(value: T): T => mapTexts(value, text, masked) as T,
    golden: <T>(value: T): T => mapTexts(value, strict, new WeakMap()) as T,
    error: (error) => {
      if (!(error instanceof TracewrightError)) return error;
      const { code, detail, next, cause } = error;
      return new TracewrightError(code, text(detail), { cause, next });
    },
  };
}
