import type { Cell } from '../cells.ts';

const cell = (id: string, framework: string, program: string, packages: Record<string, string>): Cell => ({
  id: `grpc-${id}`,
  framework,
  program: `grpc/${program}`,
  packages,
});

export const grpcCells: readonly Cell[] = [
  cell('1-8', 'grpc-js 1.8', 'bookshop.cjs', { '@grpc/grpc-js': '1.8', '@grpc/proto-loader': '0.7' }),
  cell('1', 'grpc-js 1.14', 'bookshop.cjs', { '@grpc/grpc-js': '1.14', '@grpc/proto-loader': '0.8' }),
  cell('1-esm', 'grpc-js 1.14, ES modules', 'bookshop.mjs', { '@grpc/grpc-js': '1.14', '@grpc/proto-loader': '0.8' }),
];
