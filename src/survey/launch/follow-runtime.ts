import { ending, type Follower, located } from './trail.ts';

const titles: Readonly<Record<string, string>> = { bun: 'Bun', deno: 'Deno' };

/** `bun src/index.ts`, `deno run -A main.ts`: a file that another runtime runs, which has no hooks of Node.js. */
export const followOtherRuntime: Follower = (name, words, trail, { reading }) => {
  const files = words.filter(({ value }) => /\.[cm]?[jt]sx?$/.test(value)).flatMap(({ value }) => located(trail, value));
  const file = files.find((each) => reading.has(each));
  if (file === undefined) return [];
  const command = [name, ...words.map(({ value }) => value)].join(' ');
  const detail = `\`${command}\` runs on ${titles[name] ?? name}, not on Node.js`;
  return [{ ...ending(trail), elsewhere: file, lost: { code: 'TW1007', detail } }];
};
