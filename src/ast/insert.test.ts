import { describe, expect, it } from 'vitest';
import { insertAfter, insertFirst } from './insert.ts';
import { parseSource } from './parse.ts';

function source(text: string, file = 'a.js') {
  const result = parseSource(file, text);
  if (result.status !== 'parsed') throw new Error(result.message);
  return result.source;
}

function first(text: string, file?: string): string {
  const { offset, text: added } = insertFirst(source(text, file), 'BOOT;');
  return text.slice(0, offset) + added + text.slice(offset);
}

describe('insertFirst', () => {
  it.each([
    ['a();\n', 'BOOT;\na();\n'],
    ['', 'BOOT;\n'],
    ['\uFEFFa();\n', '\uFEFFBOOT;\na();\n'],
    ['#!/usr/bin/env node\na();\n', '#!/usr/bin/env node\nBOOT;\na();\n'],
    ['\uFEFF#!/usr/bin/env node\na();\n', '\uFEFF#!/usr/bin/env node\nBOOT;\na();\n'],
    ['#!/usr/bin/env node', '#!/usr/bin/env node\nBOOT;'],
    ["'use strict';\na();\n", "'use strict';\nBOOT;\na();\n"],
    ["'use strict'\na()\n", "'use strict'\nBOOT;\na()\n"],
    ["'use strict'; a();\n", "'use strict'; BOOT; a();\n"],
    ["'use strict' // on\na();\n", "'use strict' // on\nBOOT;\na();\n"],
    ["'use strict';", "'use strict';\nBOOT;"],
    ["/* Copyright X */\n'use strict';\na();\n", "/* Copyright X */\n'use strict';\nBOOT;\na();\n"],
    ["'use strict';\n\n// the app\na();\n", "'use strict';\n\nBOOT;\n\n// the app\na();\n"],
    ["'use strict';\n\na();\n", "'use strict';\n\nBOOT;\na();\n"],
    ["'use strict';\r\n\r\na();\r\n", "'use strict';\r\n\r\nBOOT;\na();\r\n"],
    ['/**\n * Licensed under MIT\n */\na();\n', '/**\n * Licensed under MIT\n */\nBOOT;\na();\n'],
    ['/* Copyright X */\n\n// the app\na();\n', '/* Copyright X */\n\nBOOT;\n\n// the app\na();\n'],
    ['/* Copyright X */\n\na();\n', '/* Copyright X */\n\nBOOT;\na();\n'],
    ['/**\n * Serves the shop.\n */\n\na();\n', '/**\n * Serves the shop.\n */\n\nBOOT;\na();\n'],
    ['/**\n * Module dependencies.\n */\n\na();\n', 'BOOT;\n\n/**\n * Module dependencies.\n */\n\na();\n'],
    ['/*!\n * Copyright X\n */\n\n/**\n * Imports\n */\n\na();\n', '/*!\n * Copyright X\n */\n\nBOOT;\n\n/**\n * Imports\n */\n\na();\n'],
    ['#!/usr/bin/env node\n\na();\n', '#!/usr/bin/env node\n\nBOOT;\na();\n'],
    ['// @flow\na();\n', '// @flow\nBOOT;\na();\n'],
    ['// @ts-check\n// the app\na();\n', '// @ts-check\n// the app\nBOOT;\na();\n'],
    ['// the app\na();\n', 'BOOT;\n// the app\na();\n'],
    ['// eslint-disable-next-line no-var\nvar a;\n', 'BOOT;\n// eslint-disable-next-line no-var\nvar a;\n'],
    ['/* eslint-disable */\nvar a;\n', '/* eslint-disable */\nBOOT;\nvar a;\n'],
    ['/* @flow */ a();\n', '/* @flow */ BOOT;\na();\n'],
    ['// only a comment\n', '// only a comment\nBOOT;\n'],
    [
      "#!/usr/bin/env node\n\n/**\n * Module dependencies.\n */\n\nvar app = require('../app');\n",
      "#!/usr/bin/env node\n\nBOOT;\n\n/**\n * Module dependencies.\n */\n\nvar app = require('../app');\n",
    ],
    ["#!/usr/bin/env node\n'use strict';\na();\n", "#!/usr/bin/env node\n'use strict';\nBOOT;\na();\n"],
    ["('use strict');\na();\n", "BOOT;\n('use strict');\na();\n"],
  ])('%j', (before, after) => {
    expect(first(before)).toBe(after);
  });

  it('never lets the next line continue the new one', () => {
    const parsed = source('(function () {})()\n');
    expect(insertFirst(parsed, 'BOOT').text).toBe('BOOT;\n');
    expect(insertFirst(source('go()\n'), 'BOOT').text).toBe('BOOT\n');
  });

  it('inserts below the line break of a shebang, which belongs to it', () => {
    expect(insertFirst(source('#!/usr/bin/env node\r\na();'), 'BOOT;')).toEqual({ offset: 21, text: 'BOOT;\n' });
  });

  it('keeps CRLF lines whole', () => {
    expect(first("'use strict';\r\na();\r\n")).toBe("'use strict';\nBOOT;\r\na();\r\n");
    expect(first('/* @license */\r\na();\r\n')).toBe('/* @license */\nBOOT;\r\na();\r\n');
  });
});

describe('insertAfter', () => {
  function after(text: string, index = 0): string {
    const parsed = source(text);
    const node = parsed.program.body[index];
    if (node === undefined) throw new Error('no such statement');
    const { offset, text: added } = insertAfter(parsed, node, ['X;', 'Y;']);
    return text.slice(0, offset) + added + text.slice(offset);
  }

  it.each([
    ['a();\nb();\n', 'a();\nX;\nY;\nb();\n'],
    ['a(); // why\nb();\n', 'a(); // why\nX;\nY;\nb();\n'],
    ['a(); b();\n', 'a(); X; Y; b();\n'],
    ['a()', 'a()\nX;\nY;'],
    ['\ta();\n', '\ta();\n\tX;\n\tY;\n'],
    ['a(); /* one\ntwo */ b();\n', 'a(); X; Y; /* one\ntwo */ b();\n'],
  ])('%j', (before, expected) => {
    expect(after(before)).toBe(expected);
  });
});
