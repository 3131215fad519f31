import type { Build, Evidence, Launch } from '../../contract/index.ts';
import type { Manifest, Script } from '../read/manifests.ts';
import type { Decoded, Word } from '../read/words.ts';
import { followScript, scriptKey } from './follow-scripts.ts';
import { type End, hostPlace, type Place, type Surroundings, type Trail } from './trail.ts';

/** A launch with what the survey needs to list others: the script its chain ends in, and whether it leads to a front end. */
export interface FoundLaunch {
  readonly launch: Launch;
  /** Key of the script that holds the command which calls Node, when it is not the launch itself. */
  readonly owner?: string;
  readonly lost?: End['lost'];
  readonly elsewhere?: string;
  /** What builds this program alone, as a deployment tool does. */
  readonly bundle?: Build;
  readonly isFrontEnd: boolean;
}

export interface Start {
  readonly kind: Launch['kind'];
  readonly name: string;
  readonly command: string;
  readonly cwd: string;
  readonly purpose: Launch['purpose'];
  readonly evidence: Evidence;
  readonly place?: Place;
  readonly preloads?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Key of the script, when the launch is one. */
  readonly script?: string;
}

export function trailOf(start: Start): Trail {
  return {
    place: start.place ?? hostPlace(start.cwd),
    chain: [start.name],
    preloads: start.preloads ?? [],
    watches: false,
    ...(start.variables && { variables: start.variables }),
    followed: { scripts: 0 },
  };
}

export function launchText(start: Start, text: Decoded, around: Surroundings): FoundLaunch[] {
  return toLaunches(start, around.followText(text, trailOf(start)));
}

export function launchWords(start: Start, words: readonly Word[], around: Surroundings): FoundLaunch[] {
  return toLaunches(start, around.followWords(words, trailOf(start)));
}

export function launchScript(manifest: Manifest, script: Script, around: Surroundings): FoundLaunch[] {
  const key = scriptKey(manifest.dir, script.name);
  const start: Start = {
    kind: 'script',
    name: script.name,
    command: script.command,
    cwd: manifest.dir,
    purpose: purposeOf(script.name),
    evidence: script.evidence,
    script: key,
  };
  return toLaunches(start, followScript(manifest, script, { ...trailOf(start), chain: [] }, around));
}

export function toLaunches(start: Start, ends: readonly End[]): FoundLaunch[] {
  return ends.map((end) => {
    const isOwn = end.owner === undefined || end.owner === start.script;
    const launch: Launch = {
      kind: start.kind,
      name: start.name,
      command: start.command,
      cwd: (isOwn ? end.cwd : undefined) ?? start.cwd,
      ...(end.entry !== undefined && { entry: end.entry }),
      chain: end.chain,
      ...(isOwn && end.slot && { flags: end.slot }),
      ...(end.target !== undefined && { target: end.target }),
      ...(end.runner !== undefined && { runner: end.runner }),
      ...(end.preloads.length > 0 && { preloads: [...new Set(end.preloads)] }),
      purpose: end.watches ? 'development' : start.purpose,
      evidence: start.evidence,
    };
    return {
      launch,
      ...(!isOwn && end.owner !== undefined && { owner: end.owner }),
      ...(end.lost && { lost: end.lost }),
      ...(end.elsewhere !== undefined && { elsewhere: end.elsewhere }),
      isFrontEnd: end.isFrontEnd === true,
    };
  });
}

const development = /(^|[:\-_.])(dev|develop|development|debug|watch|local|nodemon|inspect|hot|live|preview)([:\-_.]|$)/i;
const production =
  /^(start|serve|server|prod|production|web|worker|app|api|run|up|daemon|launch|boot|cluster|service|pm2|forever|listen)([:\-_.]|$)/i;

/** By what people call their scripts, stages and files. */
export function purposeOf(name: string): Launch['purpose'] {
  if (development.test(name)) return 'development';
  return production.test(name) || /(^|[:\-_.])(prod|production|start|server)([:\-_.]|$)/i.test(name) ? 'production' : 'other';
}

const chores =
  /(^|[:\-_.])(pre|post)?(test|tests|lint|eslint|tslint|build|compile|bundle|clean|format|fmt|prettier|coverage|cover|e2e|cypress|jest|mocha|typecheck|tsc|types|check|audit|migrate|migration|migrations|seed|seeds|seeder|generate|codegen|gen|docs?|release|publish|deploy|install|prepare|setup|bench|benchmark|load-?test|typeorm|prisma|sequelize|knex|db|data|script|scripts|stop|kill|delete|restart|reload|logs|status|validate|sync|create|init|scaffold|schema|postman|swagger|storybook|analyze|ci|cleanup|drop|reset|export|import|update|upgrade|version|bump|husky|lambda|cli|repl|console|benchmark|profile|i18n)([:\-_.]|$)/i;

/** `seed:run`, `reset-password`: it does one thing and ends. */
export function isChore(name: string): boolean {
  return chores.test(name);
}

/** True when a script's name says that it starts the program, not that it tests or builds it. */
export function startsProgram(name: string): boolean {
  if (/^(pre|post)(start|dev|serve|test|build|install)/.test(name)) return false;
  return (
    (development.test(name) || production.test(name) || /(^|[:\-_.])(prod|production|start|server)([:\-_.]|$)/i.test(name)) &&
    !isChore(name.replace(/^(start|serve|dev|watch):/, ''))
  );
}
