import { baseName } from '../read/paths.ts';
import { followScripts } from './follow-scripts.ts';
import { followFile } from './follow-shell.ts';
import { nestEntry } from './nest.ts';
import { nxCommand, nxEntry } from './nx.ts';
import { afterDashes } from './script-calls.ts';
import { endAtFile, ending, type Follower, folderOf, hostPlace } from './trail.ts';

const pm2Valued =
  /^(-i|--instances|-n|--name|--env|-o|-e|-l|--log|--output|--error|--only|--max-memory-restart|--node-args|--interpreter|--cwd|--watch-delay|-p|--port)$/;

/** `pm2 start app.js`, `pm2-runtime ecosystem.config.js`, `pm2 start npm -- start`. */
export const followPm2: Follower = (_name, words, trail, around) => {
  const own = /^(start|restart|reload|startOrRestart|startOrReload)$/.test(words[0]?.value ?? '') ? words.slice(1) : words;
  const at = own.findIndex((each, index) => !each.value.startsWith('-') && !pm2Valued.test(own[index - 1]?.value ?? ''));
  const target = own[at];
  if (target === undefined || /^(stop|delete|kill|logs|save|monit|list|ls|install|flush|startup|status)$/.test(target.value)) return [];
  if (/^(npm|yarn|pnpm)$/.test(target.value)) return around.followWords([target, ...afterDashes(own.slice(at + 1))], trail);
  if (/\.sh$/.test(target.value)) return followFile(target, own.slice(at + 1), trail, around);
  if (!/\.(json|ya?ml)$|\.config\.[cm]?js$/.test(target.value))
    return [endAtFile(target, { ...ending(trail), runner: 'pm2' }, trail, around)];
  return [{ ...ending(trail), chain: [...trail.chain, baseName(target.value)], runner: 'pm2' }];
};

export const followNest: Follower = (_name, words, trail, around) => {
  if (words[0]?.value !== 'start') return [];
  const app = words.slice(1).find((each) => !each.value.startsWith('-'))?.value;
  const watches = trail.watches || words.some((each) => /^(-w|--watch|-d|--debug)/.test(each.value));
  const entry = nestEntry(around.reading, folderOf(trail), app);
  const end = { ...ending(trail), watches, runner: 'nest' };
  return [entry === undefined ? { ...end, lost: { code: 'TW1010', detail: '`nest start`' } } : { ...end, entry }];
};

/** `nx serve api`, `nx run api:serve`. */
export const followNx: Follower = (_name, words, trail, around) => {
  const plain = words.filter((each) => !each.value.startsWith('-') && each.value !== 'run').map((each) => each.value);
  const [project, target] = plain[0]?.includes(':') ? plain[0].split(':') : [plain[1], plain[0]];
  if (target === undefined || !/^(serve|start|dev)/.test(target)) return [];
  const entry = nxEntry(around.reading, project);
  if (entry !== undefined) return [{ ...ending(trail), watches: true, runner: 'nx', entry }];
  const command = nxCommand(around.reading, project, target);
  if (command !== undefined) return around.followText(command.text, { ...trail, place: hostPlace(command.dir) });
  return followScripts({ names: [target], ...(project !== undefined && { workspace: project }) }, trail, around, () => []);
};
