/** One thing for the program to do, and what must (or may) not arrive of it. */
export interface Planted {
  readonly what: string;
  readonly secret: string;
  readonly plant: object;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
let count = 0;

/** A value of letters alone, found nowhere else: forms must not be told by digits. */
function fresh(): string {
  count += 1;
  const [a = 'a', b = 'a'] = [letters[Math.trunc(count / 26)], letters[count % 26]];
  return `Zq${a}${b}wordfish`;
}

function inUrl(names: string): Planted[] {
  return names.split(' ').map((name) => {
    const secret = fresh();
    return { what: `parameter ${name}`, secret, plant: { in: 'request', path: `/a?first=1&${name}=${secret}&last=2` } };
  });
}

function inText(templates: readonly string[]): Planted[] {
  return templates.map((template) => {
    const secret = fresh();
    return { what: template, secret, plant: { in: 'span', text: template.replaceAll('%', secret) } };
  });
}

function inObject(names: string): Planted[] {
  return names.split(' ').map((name) => {
    const secret = fresh();
    return { what: `property ${name}`, secret, plant: { in: 'span', object: { id: 7, inner: { [name]: secret } } } };
  });
}

function inAttribute(rows: readonly (readonly [string, string, string?])[]): Planted[] {
  return rows.map(([name, template, system]) => {
    const secret = fresh();
    const attributes = { [name]: template.replaceAll('%', secret), ...(system !== undefined && { 'db.system': system }) };
    return { what: `attribute ${name}`, secret, plant: { in: 'span', attributes } };
  });
}

function inHost(): Planted[] {
  const secret = fresh();
  return [{ what: 'user info in Host', secret, plant: { in: 'request', path: '/h', headers: { host: `bob:${secret}@shop.example:81` } } }];
}

const encoded = (template: string): Planted => {
  const secret = fresh();
  return { what: template, secret, plant: { in: 'request', path: template.replaceAll('%%', secret) } };
};

const token = (what: string, prefix: string, length: number, alphabet: string): Planted => {
  const secret = prefix + Array.from({ length }, (_, index) => alphabet[(index * 7 + count) % alphabet.length]).join('');
  return { what, secret, plant: { in: 'span', text: `refused: ${secret} is not known` } };
};

const word = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Each holds one secret. */
export const plants: readonly Planted[] = [
  ...inUrl(
    'token access_token accessToken refresh_token id_token auth_token authToken csrf csrf_token _csrf xsrf X-XSRF-TOKEN api_key apikey apiKey api-key key ' +
      'client_secret clientSecret clientsecret secret password passwd pwd pass passphrase passcode pin pin_code otp otp_code totp mfa_code auth authcode ' +
      'auth_code code assertion client_assertion SAMLResponse SAMLRequest SAMLart ticket PHPSESSID JSESSIONID ASPSESSIONIDQQ sessid session sessionid session_id ' +
      'sid connect.sid signature sig X-Amz-Signature X-Amz-Credential X-Amz-Security-Token X-Goog-Signature hmac jwt bearer refresh cvv cvc cvv2 creditcard ' +
      'card_number ssn user[password] user.password newPassword password2 password_confirmation reset_password_token verification_code private_key ' +
      'userpassword dbpassword accesstoken usertoken credentials AWSAccessKeyId pswd db_pass smtp_pass code_verifier_secret webhook_key',
  ),
  encoded('/r?next=https%3A%2F%2Fa.example%2Fcb%3Ftoken%3D%%'),
  encoded('/r?next=https%3A%2F%2Fbob%3A%%%40a.example%2F'),
  encoded('/r?u=https%253A%252F%252Fa.example%252F%253Fpassword%253D%%'),
  encoded('/r?data=a%3D1%26secret%3D%%'),
  encoded('/oauth?redirect_uri=https://a.example/?code=%%'),
  encoded('/r?%74oken=%%'),
  ...inHost(),
  ...inText([
    'connect ECONNREFUSED postgres://shop:%@db:5432/shop',
    'cannot reach mongodb+srv://admin:%@cluster0.example.net/shop?retryWrites=true',
    'redis://:%@127.0.0.1:6379 is not there',
    'amqps://user:%@mq/vhost closed',
    'GET https://api.example/v1?token=% answered 500',
    'GET /v1?a=1&api_key=%&b=2 failed',
    'Authorization: Bearer %TOKEN1',
    'authorization: Basic %==',
    'sent Bearer %.abc to a stranger',
    'Authorization: Token %',
    'Proxy-Authorization: Digest %',
    'Cookie: theme=dark; connect.sid=%',
    'set-cookie: id=%; HttpOnly',
    'x-api-key: %',
    'password=%',
    'password: %',
    'Password = "%"',
    "wrong credentials { user: 'bob', password: '%' }",
    "{ auth: { username: 'bob', passphrase: `%` } }",
    '{"accessToken":"%","expiresIn":3600}',
    '{"client_secret": "%"}',
    "Map(1) { 'token' => '%' }",
    "tokens: [ '%', 'other' ]",
    'Command failed: mysqldump -u root --password=% shop',
    'Command failed: curl --token % https://a.example',
    'Server=db;User Id=sa;Password=%;Encrypt=yes',
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=%==;EndpointSuffix=x',
    '<soap><password>%</password></soap>',
    '<wsse:Password Type="text">%</wsse:Password>',
    'redirect to https%3A%2F%2Fa.example%3Ftoken%3D%'.replaceAll('%3', '\u0000').replaceAll('%2', '\u0001'),
    'GET / HTTP/1.1\\r\\nAuthorization: Bearer %9\\r\\nHost: a',
    'SECRET_KEY=%',
    'export DB_PASSWORD=%',
    'jwt secret: %',
    'sessionID=%',
    'csrfToken: "%"',
    'first line\npassword=%\nlast line',
    'otp=% is wrong',
    'privateKey: "%"',
    'failed with {"user":{"pwd":"%"}}',
    'smtp://mailer:%@mail.example:587 refused',
    'hmac=%',
    'encryption_key=%',
    'passcode: %',
  ]).map(({ what, secret, plant }) => ({
    what,
    secret,
    plant: JSON.parse(JSON.stringify(plant).replaceAll('\\u0000', '%3').replaceAll('\\u0001', '%2')),
  })),
  ...inObject(
    'password passwd pwd pass token accessToken refresh_token apiKey api_key client_secret secret privateKey authorization cookie set-cookie x-api-key sessionId ' +
      'csrfToken jwt cvv cardNumber ssn otp pin passphrase credentials signature dbPassword auth connectionPassword',
  ),
  ...inAttribute([
    ['app.password', '%'],
    ['user.token', '%'],
    ['http.request.header.authorization', 'Bearer %'],
    ['http.request.header.cookie', 'a=%'],
    ['http.request.header.x-api-key', '%'],
    ['http.response.header.set-cookie', 'sid=%'],
    ['http.request.header.referer', 'https://a.example/?token=%'],
    ['http.url', 'https://bob:%@a.example/'],
    ['http.target', '/a?token=%'],
    ['url.full', 'https://a.example/?secret=%'],
    ['db.statement', "SELECT * FROM users WHERE mail = '%'", 'postgresql'],
    ['db.query.text', "INSERT INTO t VALUES (1, 'it''s %', E'\\n')", 'postgresql'],
    ['db.statement', 'SELECT * FROM users WHERE name = "%"', 'mysql'],
    ['db.statement', 'SELECT $tag$%$tag$', 'postgresql'],
    ['db.statement', 'set session:% value', 'redis'],
    ['db.statement', "EVAL return redis.call('set', KEYS[1], '%') 1 k", 'redis'],
    ['db.statement', 'auth %', 'redis'],
    ['db.statement', '{"find":"users","filter":{"mail":"%"}}', 'mongodb'],
    ['db.statement', '[{"$match":{"name":"%"}}]', 'mongodb'],
    ['db.connection_string', 'postgres://shop:%@db/shop'],
    ['app.connection', 'mysql://root:%@db'],
    ['exception.message', 'password=%'],
    ['exception.stacktrace', 'Error: token=%\n    at a.js:1:1'],
    ['graphql.variables.password', '%'],
    ['messaging.message.header.authorization', '%'],
    ['rpc.request.metadata.authorization', 'Bearer %'],
  ]),
  token('GitHub', 'ghp_', 36, word),
  token('GitHub, fine-grained', 'github_pat_', 60, word),
  token('GitLab', 'glpat-', 20, word),
  token('AWS', 'AKIA', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  token('Slack', 'xoxb-', 30, '0123456789ab'),
  token('npm', 'npm_', 36, word),
  token('SendGrid', 'SG.abcdefghijklmnop.', 30, word),
  token('Google', 'AIza', 35, word),
  token('Hugging Face', 'hf_', 34, letters),
  token('a key for models', 'sk-', 40, word),
  token('JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.', 20, word),
];

function seenInUrl(names: string): Planted[] {
  return inUrl(names);
}

/** Each holds what somebody wants to see. */
export const lookAlikes: readonly Planted[] = [
  ...seenInUrl(
    'author authors authority authorId keyword keywords keyboard sort_key primaryKey partition_key monkey donkey country_code countryCode zip_code zipcode postcode ' +
      'error_code status_code errorCode promo_code language_code currencyCode barcode encode decode pageToken page_token nextToken next_page_token max_tokens ' +
      'prompt_tokens token_type token_count tokenizer password_strength password_policy session_count session_type session_name sidebar side inside resident ' +
      'design assign assignee signal significant sigma pinned pinterest spin opinion shipping compass passenger passport bypass passed passive tickets ticket_id ' +
      'ticketNumber order_id user_id cart_id product category q query search filter sort order limit offset page per_page from to date lang locale format type ' +
      'fields include exclude callback redirect url next state scope client_id response_type grant_type username email name first_name phone address city region ' +
      'lat lng zoom width height color size brand price currency quantity status version platform device browser os referrer campaign utm_source utm_medium utm_term ' +
      'utm_content gclid tag tags label labels group team project branch commit repo path file folder dir depth level mode theme view tab step index start end ' +
      'since until before after cursor hash etag checksum uuid guid ref source target key_name keyboard_layout codec codename pincode_area cookie_policy_version',
  ),
  ...inText([
    'Invalid token: expected % in JSON',
    'Unexpected token % in JSON at position 4',
    'password must not be %',
    'the password is too short for %',
    'basic understanding of %',
    'status code: % is not known',
    "error { code: '%', errno: -2 }",
    'key: % exists already',
    'duplicate key value violates unique constraint "%"',
    'no such module: %',
    'user % not found',
    'connect ECONNREFUSED %:5432',
    'author: %',
    'authority=%',
    'sidebar: %',
    'monkey=%',
    'design: %',
    'passenger: %',
    'at % (/app/src/auth/token.js:12:5)',
    'GET https://a.example/%?page=2 answered 404',
    'pageToken=%',
    'tokenType: "%"',
    'sessionCount=%',
    'assignee=%',
    'signal: %',
    'mail to bob@%.example was sent',
    'package @scope/% was loaded from https://registry.example/',
  ]),
  ...inAttribute([
    ['session.id', '%'],
    ['user.id', '%'],
    ['enduser.id', '%'],
    ['code.function', '%'],
    ['messaging.message.id', '%'],
    ['messaging.kafka.message.key', '%'],
    ['app.country_code', '%'],
    ['db.statement', 'SELECT % FROM users WHERE id = $1', 'postgresql'],
    ['db.statement', 'SELECT "%" FROM users', 'postgresql'],
    ['db.statement', '{"find":"%x"}'.replace('"%x"', 'true,"%":1'), 'mongodb'],
    ['db.statement', '% k v', 'redis'],
    ['rpc.method', '%'],
    ['http.route', '/reset/:token/%'],
    ['graphql.operation.name', '%'],
  ]),
  ...inObject('author country_code code key keyboard user name message reason sort_key page signal assignee ticket pageToken tokenType'),
];
