import { maxSatisfying, satisfies, validRange } from 'semver';
import type { Repo } from '../../src/contract/index.ts';
import { imageNodeVersion, parseNodeVersion } from '../../src/survey/index.ts';
import { baseOf } from '../kit/index.ts';
import { runsOn } from './tool.ts';

/** A CI server installs the newest version that fits what is written, so these stand for their lines. */
const newest = ['14.21.3', '16.20.2', '18.20.8', '20.20.2', '22.22.0', '24.21.0', '26.0.0'];

/** Whether the toolkit runs on what `node-version` says; undefined when that cannot be told. */
export function isEnough(written: string | undefined): boolean | undefined {
  const version = written === undefined || written.includes('$') ? undefined : parseNodeVersion(written.replace(/^["']|["']$/g, ''));
  return version && fits(version.range);
}

/** The same of a container image. */
export function isEnoughImage(image: string | undefined): boolean | undefined {
  const version = image === undefined ? undefined : imageNodeVersion(image);
  return version && fits(version.range);
}

function fits(range: string): boolean {
  if (validRange(range) === null) return false;
  return satisfies(maxSatisfying(newest, range) ?? range, runsOn);
}

/** What a version file says. */
export function versionInFile(file: string, repo: Repo): string | undefined {
  const text = repo.read(file.replace(/^\.\//, ''));
  if (text === undefined) return undefined;
  if (baseOf(file) === '.tool-versions') return /^node(?:js)?[ \t]+(\S+)/m.exec(text)?.[1];
  return baseOf(file) === 'package.json' ? /"node"\s*:\s*"([^"]+)"/.exec(text)?.[1] : text.trim().split(/\s/)[0];
}
