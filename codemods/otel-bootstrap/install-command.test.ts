import { expect, it } from 'vitest';
import { installs } from './install-command.ts';

it.each([
  ['RUN npm ci', true],
  ['RUN npm --prefix api ci', true],
  ['RUN npm -w api install', true],
  ['RUN apk add git && npm i --omit=dev', true],
  ['RUN yarn', true],
  ['RUN yarn --cwd api', true],
  ['RUN yarn workspaces focus api --production', true],
  ['RUN pnpm --filter api install --frozen-lockfile', true],
  ['RUN pnpm -w install', true],
  ['RUN ["npm", "ci"]', true],
  ['RUN <<EOF\nnpm ci\nEOF', true],
  ['RUN npm run install-hooks', false],
  ['RUN npm install -g pm2', false],
  ['RUN yarn global add pm2', false],
  ['RUN yarn build', false],
  ['RUN pnpm --filter api build', false],
  ['RUN apt-get install -y curl', false],
])('%j', (text, expected) => {
  const words = text.split(' ');
  expect(installs({ keyword: 'RUN', arguments: words.slice(1), json: false, start: 0, end: text.length, line: 1 }, text)).toBe(expected);
});
