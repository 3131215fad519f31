import { exitShapes } from './exit-shapes.ts';
import { expressShapes } from './express-shapes.ts';
import { fileShapes } from './file-shapes.ts';
import { httpShapes } from './http-shapes.ts';
import { moduleShapes } from './module-shapes.ts';
import type { Shape } from './shape.ts';
import { syntaxShapes } from './syntax-shapes.ts';

/** Worst cases for a walk over code or configuration. */
export const shapes: readonly Shape[] = [...expressShapes, ...moduleShapes, ...httpShapes, ...exitShapes, ...syntaxShapes, ...fileShapes];
