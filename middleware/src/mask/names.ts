/**
 * Which names hold secrets. The words are those of the filters of @sentry/core 11.12, @zapier/secret-scrubber 1.1 and is-secret 1.2, of the
 * session cookies of PHP, Java, ASP and Connect, and of OAuth 2, SAML, CAS and payment forms.
 */
const list = (text: string): Set<string> => new Set(text.split(' '));

/** Secret wherever they stand: `token`, `access_token`, `user[password]`, `X-Amz-Signature`. */
const WORDS = list(
  'apikey accesskey accesstoken aspsessionid auth authcode authorization authtoken bearer cookie cookies credential ' +
    'credentials creditcard csrf cvc cvv cvv2 hmac idtoken jsessionid jwt mfa otp passcode passphrase passwd password passwords passwort phpsessid ' +
    'pkce privatekey pswd pwd refreshtoken saml samlart samlrequest samlresponse secret secrets sessid sessionid sid sig signature ssn token tokens ' +
    'totp xsrf',
);
/** Secret when nothing else is said. */
const ALONE = list('pass pin pw');
/** In a URL they are what lets somebody in; elsewhere mostly what went wrong, or where something is stored. */
const IN_URL = list('assertion code key keyid refresh session ticket');
/** `api_key`, `auth_code`, `session_id`, `card_number`: what makes a secret of a word that is none. */
const BEFORE: Readonly<Record<string, Set<string>>> = {
  assertion: list('client jwt saml user'),
  code: list(
    'auth authorization access backup card confirmation device login mfa otp pass pin recovery reset security sms totp verification',
  ),
  id: list('session sess jsession php asp accesskey key'),
  key: list(
    'access account api app auth client consumer encryption host license master private secret service session shared signing ssh storage webhook',
  ),
  number: list('card creditcard ssn account'),
  num: list('card cc'),
  pass: list('db user smtp mysql redis root admin'),
  pin: list('atm card sim user'),
  state: list('session'),
};
/** What is told about a secret is none: `token_type`, `password_strength`, `max_tokens`, `session_count`. */
const ABOUT = list(
  'age algorithm alg at count created date duration enabled endpoint exp expired expires expiration expiry field form format hint in index ' +
    'issuer kind length limit max min name on page policy remaining required reset size status strength ttl type uri url used valid version',
);
const QUALIFIED = list('completion cursor input max min next output page previous prompt sync total unexpected');
/** Words written as one: `clientsecret`, `userpassword`. */
const ENDING =
  /(?:access|api|private|secret|signing)keys?$|(?:password|passwd|passphrase|secret|token|sess(?:ion)?id|signature|credential)s?\d*$/;
/** Of the last word only: a `pincode_area` is on a map. */
const CODE = /(?:auth|otp|pass|pin)codes?$/;
const QUALIFIED_ENDING = /(?:page|next|cursor|sync|max)tokens?$/;

const known = new Map<string, boolean>();
const MOST_KNOWN = 2000;

/** Whether a parameter of a URL or a form of this name holds a secret. */
export function isSecretParameter(name: string): boolean {
  return IN_URL.has(name.toLowerCase()) || isSecretName(name);
}

/** Whether an attribute, header or property of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = isSecret(name);
  // Names may come from a stranger.
  if (known.size < MOST_KNOWN && name.length < 200) known.set(name, found);
  return found;
}

function isSecret(name: string): boolean {
  const words = decode(name.length > 500 ? name.slice(-500) : name)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const last = words[words.length - 1] || '';
  const previous = words[words.length - 2] || '';
  if (CODE.test(last)) return true;
  if (words.length === 1) return ALONE.has(last) || isWord(last);
  if (/^\d+$/.test(last)) return isSecret(words.slice(0, -1).join(' '));
  const makes = BEFORE[last];
  if (makes) return makes.has(previous) || WORDS.has(words.join('')) || (last === 'pass' && words.some(isWord));
  if (ABOUT.has(last)) return false;
  if (last.indexOf('token') === 0 && QUALIFIED.has(previous)) return false;
  return words.some(isWord) || WORDS.has(previous + last);
}

function isWord(word: string): boolean {
  return WORDS.has(word) || word.indexOf('aspsessionid') === 0 || (ENDING.test(word) && !QUALIFIED_ENDING.test(word));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
