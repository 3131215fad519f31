export default function shape() {
  return 'round';
}

export const one = { n: 1 };
export { one as uno };
export * from './more.mjs';
export * as more from './more.mjs';
