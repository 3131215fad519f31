import { express, type Shape, server, times } from './shape.ts';

const end = `process.on('SIGTERM', () => process.exit(0));`;

/** Text that nobody wrote by hand. */
export const syntaxShapes: readonly Shape[] = [
  {
    name: 'joined strings',
    size: 4_000,
    files: (size) =>
      server(`${express}\nconst text = ${times(size, (i) => `'a${i}'`, ' + ')};\napp.get('/' + text, (req, res) => res.end());\n${end}`),
  },
  {
    name: 'blocks in blocks',
    size: 450,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `function f${i}(a${i}) { if (a${i}) {`, ' ')} app.get('/x', f0); ${'} }'.repeat(size)}\n${end}`,
      ),
  },
  {
    name: 'callbacks in callbacks',
    size: 450,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `get(function cb${i}(e${i}) { if (e${i}) process.exit(1);`, ' ')} ${'});'.repeat(size)}\n${end}`,
      ),
  },
  {
    name: 'literals in literals',
    size: 900,
    files: (size) => server(`${express}\nconst data = ${'{a:['.repeat(size)}1${']}'.repeat(size)};\napp.set('data', data);\n${end}`),
  },
  {
    name: 'elements of a list',
    size: 50_000,
    files: (size) =>
      server(`${express}\nconst list = [${times(size, (i) => `{ id: ${i}, name: 'n' }`, ', ')}];\napp.set('list', list);\n${end}`),
  },
  {
    name: 'one line of code, mentions of everything',
    size: 2_000,
    files: (size) =>
      server(
        `${express}${times(size, (i) => `;app.get('/x${i}',function(req,res){fetch('http://a/${i}');console.log(1);res.end()})`, '')};${end}`,
      ),
  },
  {
    name: 'members of members',
    size: 2_000,
    files: (size) => server(`${express}\nconst value = app${times(size, (i) => `.m${i}`, '')};\nvalue.use('/p/:id', value);\n${end}`),
  },
  {
    name: 'names in one file',
    size: 5_000,
    files: (size) => server(`${express}\n${times(size, (i) => `const n${i} = ${i};\nfunction g${i}() { return n${i}; }`)}\n${end}`),
  },
  {
    name: 'writes of one variable',
    size: 2_000,
    files: (size) =>
      server(`${express}\nlet target = app;\n${times(size, (i) => `target = pick(${i});\ntarget.use('/p${i}/:id', target);`)}\n${end}`),
  },
  {
    name: 'outgoing calls',
    size: 2_000,
    files: (size) =>
      server(
        `${express}\nconst axios = require('axios');\n${times(size, (i) => `function c${i}() { return axios.get('http://a/${i}'); }`)}\n${end}`,
      ),
  },
  {
    name: 'one line of many bytes',
    size: 25_000,
    files: (size) =>
      server(`${express};${times(size, (i) => `var a${i}=function(e,t){return e+t+${i}},b${i}={x:1,y:[a${i}]};a${i}(1,2);`, '')}${end}`),
  },
  {
    name: 'arrows that return arrows',
    size: 1_900,
    files: (size) => server(`${express}\nconst deep = ${times(size, (i) => `a${i} => `, '')}app;\napp.get('/x', deep);\n${end}`),
  },
  {
    name: 'else ifs without braces',
    size: 900,
    files: (size) =>
      server(
        `${express}\nfunction f(x) { ${times(size, (i) => `if (x === ${i}) app.get('/r${i}', f); else `, '')} process.exit(1); }\n${end}`,
      ),
  },
  {
    name: 'conditions in conditions',
    size: 900,
    files: (size) =>
      server(`${express}\nconst deep = ${times(size, (i) => `x === ${i} ? app : `, '')}app;\ndeep.use('/p/:id', deep);\n${end}`),
  },
  {
    name: 'assignments in a row',
    size: 1_900,
    files: (size) =>
      server(
        `${express}\nlet ${times(size, (i) => `b${i}`, ', ')};\n${times(size, (i) => `b${i} = `, '')}app;\nb0.use('/p/:id', b1);\n${end}`,
      ),
  },
];
