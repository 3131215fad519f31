import { type Answer, type NextCall, nextCall } from '../answer.ts';
import { objectSchema, root } from '../schema.ts';
import { steady } from '../steady.ts';
import type { Call, Tool } from '../tool.ts';
import { stillRunning, workOn } from '../work-on.ts';
import type { StatusFacts } from '../works/tell-status.ts';

const SHOWN = 3;

export const status: Tool = {
  name: 'status',
  title: 'Where the migration stands',
  description:
    'Says in under 1 kB where a repository stands and which call comes next, from its files alone: use it when you do not remember. Runs nothing.',
  inputSchema: objectSchema({ root }, ['root']),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  call: async (_input, call) => {
    const work = await workOn('status', {}, call);
    return work.status === 'running'
      ? stillRunning(work.doing, nextCall('status', { root: call.root.name }, ''))
      : showStatus(steady(work.found, call.root.path), call);
  },
};

function showStatus(facts: StatusFacts, call: Call): Answer {
  const { migrated, check, planHash, codemods, changedFiles, installs, golden, findings, left, tasks } = facts;
  const next = nextStep(facts, call);
  return {
    migrated,
    check,
    ...(planHash === undefined ? {} : { planHash }),
    codemods: codemods.length,
    changedFiles,
    missingInstalls: installs.length,
    golden: { files: golden.length, first: golden.slice(0, SHOWN).map(short) },
    findings: { count: findings.length, first: findings.slice(0, SHOWN).map(({ code, file, line }) => short(`${code} ${file}:${line}`)) },
    ...(left.length > 0 && { left: { count: left.length, first: left.slice(0, SHOWN).map(short) } }),
    ...(tasks === undefined ? {} : { tasks: { ...tasks, next: short(tasks.next) } }),
    done: check === 'ok' && installs.length === 0 && golden.length > 0,
    next,
  };
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function nextStep({ interrupted, check, installs, findings, golden }: StatusFacts, call: Call): NextCall {
  const at = { root: call.root.name };
  if (interrupted) return nextCall('undo', at, 'An apply was interrupted: this puts the files back.');
  if (check === 'not-migrated') return nextCall('plan', at, 'Nothing is migrated yet: shows what would change.');
  if (findings.some(({ code }) => code === 'TW2102' || code === 'TW2103')) return nextCall('plan', at, 'A part is missing: shows it.');
  const [fault] = findings.filter(({ level }) => level === 'error');
  if (fault !== undefined) return nextCall('explain', { topic: fault.code }, 'Says what to do about the first finding.');
  // Without a golden trace nothing in the files says that the program was ever verified.
  if (golden.length === 0) return nextCall('verify', { ...at, record: true }, 'Checks the traces, and keeps them as golden traces.');
  return nextCall('verify', at, installs.length > 0 ? 'Installs what is missing and checks the traces.' : 'Checks the traces.');
}
