import { expect, test } from 'vitest';
import { withoutRoot } from './without-root.ts';

test.each([
  ['/srv', 'cannot read /srv/app.js', 'cannot read app.js'],
  ['/srv', '/srv', '.'],
  ['/srv', "open '/srv/' failed", "open '.' failed"],
  ['/srv', 'cd /srv && node a.js', 'cd . && node a.js'],
  ['/srv', '/srv: no such folder', '.: no such folder'],
  ['/srv', 'file:///srv/a.js', 'file:///srv/a.js'],
  ['/srv', "require('./srv/routes')", "require('./srv/routes')"],
  ['/srv', '/srv2/app.js /srv.old /home/srv/a.js', '/srv2/app.js /srv.old /home/srv/a.js'],
  ['/a+b (c)', 'in /a+b (c)/x', 'in x'],
  ['/srv', 'It is in /srv.', 'It is in ..'],
  ['/', 'at /etc/hosts', 'at /etc/hosts'],
])('with %s as root: %s', (root, text, expected) => {
  expect(withoutRoot(text, root)).toBe(expected);
});
