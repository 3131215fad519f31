import { describe, expect, it } from 'vitest';
import type { ManifestEdit } from '../../contract/index.ts';
import { editManifest } from './manifest.ts';
import { applyEdits } from './text-edit.ts';

function write(text: string, path: readonly string[], value?: string): string {
  const edit: ManifestEdit = { kind: 'manifest', file: 'package.json', path, why: 'test', ...(value === undefined ? {} : { value }) };
  const found = editManifest(text, edit);
  return found === undefined ? text : applyEdits(text, [found]);
}

describe('editManifest', () => {
  it('inserts a dependency at its sorted place and touches nothing else', () => {
    const text = '{\n  "dependencies": {\n    "a":"1",\n    "c":   "1"\n  }\n}\n';
    expect(write(text, ['dependencies', 'b'], '2')).toBe('{\n  "dependencies": {\n    "a":"1",\n    "b": "2",\n    "c":   "1"\n  }\n}\n');
    expect(write(text, ['dependencies', 'A'], '2')).toBe('{\n  "dependencies": {\n    "A": "2",\n    "a":"1",\n    "c":   "1"\n  }\n}\n');
    expect(write(text, ['dependencies', 'd'], '2')).toBe('{\n  "dependencies": {\n    "a":"1",\n    "c":   "1",\n    "d": "2"\n  }\n}\n');
  });

  it('keeps BOM, CRLF and tabs', () => {
    const text = '\uFEFF{\r\n\t"name": "x",\r\n\t"dependencies": {\r\n\t\t"a": "1"\r\n\t}\r\n}';
    expect(write(text, ['dependencies', 'b'], '2')).toBe(
      '\uFEFF{\r\n\t"name": "x",\r\n\t"dependencies": {\r\n\t\t"a": "1",\r\n\t\t"b": "2"\r\n\t}\r\n}',
    );
  });

  it('makes a missing section, before devDependencies', () => {
    expect(write('{\n  "name": "x",\n  "devDependencies": {}\n}\n', ['dependencies', 'b'], '2')).toBe(
      '{\n  "name": "x",\n  "dependencies": {\n    "b": "2"\n  },\n  "devDependencies": {}\n}\n',
    );
    expect(write('{\n    "name": "x"\n}\n', ['dependencies', 'b'], '2')).toBe(
      '{\n    "name": "x",\n    "dependencies": {\n        "b": "2"\n    }\n}\n',
    );
    expect(write('{}\n', ['dependencies', 'b'], '2')).toBe('{\n  "dependencies": {\n    "b": "2"\n  }\n}\n');
  });

  it('fills an empty section and a manifest of one line', () => {
    expect(write('{\n  "dependencies": {}\n}\n', ['dependencies', 'b'], '2')).toBe('{\n  "dependencies": {\n    "b": "2"\n  }\n}\n');
    expect(write('{"dependencies":{"a":"1"}}', ['dependencies', 'b'], '2')).toBe('{"dependencies":{"a":"1","b":"2"}}');
    expect(write('{"name":"x"}', ['dependencies', 'b'], '2')).toBe('{"name":"x","dependencies":{"b":"2"}}');
  });

  it('replaces only the value, and answers nothing when it is the same', () => {
    const text = '{ "scripts" : { "start" :  "node a" } }';
    expect(write(text, ['scripts', 'start'], 'node b')).toBe('{ "scripts" : { "start" :  "node b" } }');
    expect(write(text, ['scripts', 'start'], 'node a')).toBe(text);
  });

  it('removes a first, a last and an only property', () => {
    const text = '{\n  "a": "1",\n  "b": "2"\n}\n';
    expect(write(text, ['a'])).toBe('{\n  "b": "2"\n}\n');
    expect(write(text, ['b'])).toBe('{\n  "a": "1"\n}\n');
    expect(write('{\n  "a": "1"\n}\n', ['a'])).toBe('{}\n');
    expect(write(text, ['c'])).toBe(text);
  });
});
