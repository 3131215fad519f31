import { expect, it } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { createMasker, readEnvFiles } from './secrets.ts';

const environment = {
  DB_PASSWORD: 'correct-horse',
  API_TOKEN: 'tok/en+12345',
  PGPASSWORD: 'postgres',
  DATABASE_URL: 'postgres://shop:p4ss%21word@db/shop',
  AUTH_METHOD: 'client-certificate',
  PWD: '/home/somebody',
  NODE_ENV: 'production',
};

it.each([
  ['a value of the environment', 'using correct-horse now', 'using <secret> now'],
  ['a value as a query', 'GET /?t=tok%2Fen%2B12345', 'GET /?t=<secret>'],
  ['a password of a url', 'user p4ss!word', 'user <secret>'],
  ['a url with a password that nobody knew', 'amqp://a:b-c-d@q:5672/x', 'amqp://<secret>@q:5672/x'],
  ['a bearer token', 'authorization: Bearer abc.def-123456', 'authorization: <secret>'],
  ['a JSON web token', 'got eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM', 'got <secret>'],
  ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', '<secret>'],
  ['a key of a cloud', 'AKIAIOSFODNN7EXAMPLE', '<secret>'],
  ['a password in JSON', '{"user":"ann","password":"hunter22"}', '{"user":"ann","password":"<secret>"}'],
  ['a variable of a command', 'API_KEY=abcd1234 node server.js', 'API_KEY=<secret> node server.js'],
  ['a word that only begins like a secret', 'correct-horses', 'correct-horses'],
  ['a well-known default', 'postgresql and postgres', 'postgresql and postgres'],
  ['a message about a token', "SyntaxError: Unexpected token 'export'", "SyntaxError: Unexpected token 'export'"],
  ['a name of a reference', `password: \${DB_PASSWORD}`, `password: \${DB_PASSWORD}`],
  ['harmless values', 'client-certificate /home/somebody production', 'client-certificate /home/somebody production'],
])('%s', (_what, text, masked) => {
  expect(createMasker([environment]).text(text)).toBe(masked);
});

it('leaves what only stands beside a telling name in a golden trace', () => {
  const masker = createMasker([environment]);
  expect(masker.golden('token: refresh')).toBe('token: refresh');
  expect(masker.golden('login correct-horse')).toBe('login <secret>');
});

it('masks at any depth and copies only what holds a secret', () => {
  const shared = { host: 'a' };
  const value = { list: [{ shared }, { shared, text: 'correct-horse' }], number: 1, nothing: null };
  const masked = createMasker([environment]).deep(value);
  expect(masked).toEqual({ list: [{ shared }, { shared, text: '<secret>' }], number: 1, nothing: null });
  expect(masked.list[0]).toBe(value.list[0]);
  const clean = { list: [{ shared }] };
  expect(createMasker([environment]).deep(clean)).toBe(clean);
});

it('knows the values of .env files', () => {
  const root = makeRepo(
    { '.env': 'PORT=1\nexport JWT_SECRET="long enough" # mine\n', '.env.local': "SESSION_SECRET='other one'\n" },
    'none',
  );
  const masker = createMasker(readEnvFiles([root, `${root}/nowhere`]));
  expect(masker.text('long enough, other one')).toBe('<secret>, <secret>');
});
