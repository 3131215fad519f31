import { express, type Shape, server, times } from './shape.ts';

/** Programs with many ends. */
export const exitShapes: readonly Shape[] = [
  {
    name: 'exit handlers',
    size: 1_000,
    files: (size) =>
      server(`${express}\n${times(size, (i) => `process.on('SIGTERM', () => { console.log(${i}); process.exit(${i % 200}); });`)}`),
  },
  {
    name: 'exit handlers that call each other',
    size: 500,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `function end${i}(code) {\n  if (code > ${i}) process.exit(code);\n${i + 1 < size ? `  end${i + 1}(code);\n` : ''}}\nprocess.on('SIGINT', end${i});`)}`,
      ),
  },
  {
    name: 'calls of one function that exits',
    size: 1_000,
    files: (size) =>
      server(
        `${express}\nfunction die(code) { process.exit(code); }\nprocess.on('SIGTERM', () => die(0));\n${times(size, (i) => `function f${i}(error) { if (error) die(${i % 200}); }`)}`,
      ),
  },
  {
    name: 'exits of one handler',
    size: 1_000,
    files: (size) =>
      server(
        `${express}\nprocess.on('SIGTERM', (signal, code) => {\n${times(size, (i) => `  if (code === ${i}) process.exit(${i % 200});`)}\n});`,
      ),
  },
  {
    name: 'functions that all call the next two',
    size: 100,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `function q${i}() {\n${[1, 2].map((step) => (i + step < size ? `  q${i + step}();\n` : '')).join('')}${i + 1 === size ? '  process.exit(1);\n' : ''}}`)}\nprocess.on('SIGTERM', q0);`,
      ),
  },
];
