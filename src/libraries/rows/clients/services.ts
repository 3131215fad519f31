import type { Library } from '../../library.ts';

/** Clients of hosted services: what they send goes through Node's http or fetch, mostly by axios, got or node-fetch inside. */
const overHttp = [
  '@sendgrid/mail',
  '@slack/bolt',
  '@slack/web-api',
  'googleapis',
  'grammy',
  'mailgun-js',
  'mailgun.js',
  'node-telegram-bot-api',
  'stripe',
  'telegraf',
  'twilio',
];

export const libraries: readonly Library[] = overHttp.map((name) => ({
  name,
  role: 'client',
  spans: [{ by: 'transport', over: 'http', members: [] }],
}));
