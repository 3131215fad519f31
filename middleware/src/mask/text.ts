import { isSecretName } from './names';
import { MASK } from './url';

/** Most lines have neither a value that is named nor anything long. */
const SHAPE = /[=:@<]|--|%3d|[\w.-]{20}|(?:bearer|basic|digest|negotiate) /i;
/** Cheap to look for; a text without any of these has nothing to hide. */
const HINT =
  /pass|pw|secret|token|key|auth|sess|sid|cookie|bearer|basic|credential|sig|jwt|otp|pin|code|cv[cv]|card|ssn|csrf|xsrf|hmac|saml|pkce|mfa|:\/\/[^\s/]*@|eyJ|A[A-Z0-9]{3}[A-Z0-9]{16}|-----BEGIN|gh[opsru]_|github_pat|gl[a-z]+[-_]|xox|xapp|sk-|k_live|npm_|hf_|SG\.|AIza|ya29|hooks\.slack|shp/i;

const USER_INFO = /([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/?#"'<>`]{0,500}@/gi;
/** `Bearer …` wherever it stands; "basic understanding" is no credential. */
const SCHEME = /\b(Bearer|Basic|Digest|Negotiate)\s+([A-Za-z0-9+/=._~-]{6,})/g;
/** What is a secret by its form; the formats are among those that the preset of secretlint 12 knows. */
const FORMATS = new RegExp(
  [
    '\\beyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*)?',
    '\\b(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}\\b',
    '-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY[A-Z ]*-----|$)',
    '\\bgh[opsru]_[A-Za-z0-9]{20,}',
    '\\bgithub_pat_[A-Za-z0-9_]{20,}',
    '\\bgl(?:pat|soat|rt|sa|c)[-_][A-Za-z0-9_-]{20,}',
    '\\b(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}',
    'hooks\\.slack\\.com/services/[A-Za-z0-9/]+',
    '\\b(?:sk|rk|pk)_live_[A-Za-z0-9]{10,}',
    '\\bsk-[A-Za-z0-9_-]{20,}',
    '\\bnpm_[A-Za-z0-9]{30,}',
    '\\bhf_[A-Za-z]{30,}',
    '\\bSG\\.[\\w-]{10,}\\.[\\w-]{10,}',
    '\\bAIza[\\w-]{30,}',
    '\\bya29\\.[\\w-]{20,}',
    '\\bshp(?:pa|ca|at|ss)_[A-Za-z0-9]{20,}',
  ].join('|'),
  'g',
);
const ELEMENT = /(<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,500})?>)([^<]+)(?=<\/)/g;
/** `--password hunter2` */
const OPTION = /(--?([A-Za-z][\w-]{0,60}) +)([^\s-]\S*)/g;
/** `name: `, `name=`, `"name":`, `'name' => `, and what is left of them in an encoded URL. */
const NAME = /(["'`]?)([A-Za-z_0-9][\w.-]{0,60})\1(\s{0,3}(?:=>|%3[dD]|[=:])\s{0,3})/g;
/** Quoted, in brackets, or up to where it ends. */
const VALUE = /"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|\[[^[\]]*\]|(?:(?!%26)[^\s,;&"'`)}\]>])+/y;
const LINE = /[^\r\n"'`}]+/y;
/** What a sentence says after a name and a colon. */
const PROSE =
  /^(?:a|an|and|are|be|can|cannot|changed|could|did|do|does|empty|expected|expired|failed|for|has|have|if|in|incorrect|invalid|is|it|malformed|may|mismatch|missing|must|needs?|no|not|of|only|or|please|required|reset|should|the|this|to|too|unexpected|unknown|verification|was|were|wrong|you|your)(?=[\s,.;:!?]|$)/i;
/** No values, or what was hidden already. */
const NOTHING = /^(?:null|undefined|true|false|NaN|\{|\[object\b|\[Function\b|\[\s*\]|""|''|REDACTED|\*+$|<|\[?redacted\b)/i;

/** A text that people read (message, stack, log line) with the secrets replaced that can be told by name or form; the same string without any. */
export function maskText(text: string): string {
  if (!SHAPE.test(text) || !HINT.test(text)) return text;
  return maskNamed(
    text
      .replace(USER_INFO, `$1${MASK}@`)
      .replace(FORMATS, MASK)
      .replace(SCHEME, (whole: string, scheme: string, value: string) =>
        /[a-z][A-Z]|[0-9+/=._~]/.test(value) ? `${scheme} ${MASK}` : whole,
      )
      .replace(ELEMENT, (whole: string, tag: string, name: string) => (isSecretName(name) ? tag + MASK : whole))
      .replace(OPTION, (whole: string, option: string, name: string) => (isSecretName(name) ? option + MASK : whole)),
  );
}

function maskNamed(text: string): string {
  let masked = '';
  let end = 0;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found !== null; found = NAME.exec(text)) {
    const [, , name = '', between = ''] = found;
    const start = NAME.lastIndex;
    if (!isSecretName(name)) continue;
    const value = valueAt(text, start, name);
    if (value === '' || !isValue(value, between)) continue;
    masked += text.slice(end, start) + hidden(value);
    end = start + value.length;
    NAME.lastIndex = end;
  }
  return end === 0 ? text : masked + text.slice(end);
}

/** A header's value is the rest of its line, unless it says its scheme, which is known by then. */
function valueAt(text: string, start: number, name: string): string {
  const isHeader = /(?:authorization|cookie)$/i.test(name) && !/["'`[]/.test(text.charAt(start));
  const form = isHeader ? LINE : VALUE;
  form.lastIndex = start;
  const found = form.exec(text);
  return found === null ? '' : found[0];
}

/** "Invalid token: expected a string" holds no token; "password: hunter2" does. */
function isValue(value: string, between: string): boolean {
  if (NOTHING.test(value)) return false;
  return /^["'`[]/.test(value) || !/:\s/.test(between) || !PROSE.test(value);
}

function hidden(value: string): string {
  const first = value.charAt(0);
  if (first === '[') return `[ ${MASK} ]`;
  if (first !== '"' && first !== "'" && first !== '`') return MASK;
  return first + MASK + (value.length > 1 && value.slice(-1) === first ? first : '');
}
