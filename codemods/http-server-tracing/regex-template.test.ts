import { describe, expect, it } from 'vitest';
import { regexTemplate } from './regex-template.ts';

describe('regexTemplate', () => {
  it.each([
    [/^\/users\/(\d+)$/, '/users/:param1'],
    [/^\/users\/(?<id>[^/]+)\/posts\/([a-z0-9-]+)\/?$/, '/users/:id/posts/:param1'],
    [/^\/users\/([^/]+)$/, '/users/:param1'],
    [/^\/users\/[0-9]{1,8}$/, '/users/:param1'],
    [/^\/file\.txt$/, '/file.txt'],
    [/^\/static\//, '/static/*'],
    [/^\/static/, undefined],
    [/\/users\/\d+/, '/users/:param1'],
    [/^\/users\/([0-9]+)/, '/users/:param1'],
    [/\/users\/([0-9]+)$/, '/users/:param1'],
    [/\/users/, undefined],
    [/\/users\//, undefined],
    [/users\/\d+/, undefined],
    [/^\/(a|b)$/, undefined],
    [/^\/a.*$/, undefined],
    [/^\/files\/(.+)$/, '/files/*'],
    [/^\/(.+)\/edit$/, undefined],
    [/^$/, undefined],
    [/^users$/, undefined],
  ])('%s', (pattern, template) => {
    expect(regexTemplate(pattern.source)).toBe(template);
  });
});
