import type { Repo, Task } from '../../src/contract/index.ts';
import { type Command, commandsOf, gateOf, isTest } from './commands.ts';
import type { Gate } from './gates.ts';
import { type FoundPart, type Home, type Site, writeLines } from './home.ts';
import { reasons } from './reasons.ts';
import { gateCommand, partsOf, type Tool } from './tool.ts';

export const scriptFile = 'ci/trace-gate.sh';

/** CI systems whose files are not edited: how their file is called, and how a command is written in it. */
const systems: readonly { readonly name: string; readonly file: RegExp; readonly line: string }[] = [
  { name: 'Jenkins', file: /^Jenkinsfile(?:\.\w+)?$/, line: `sh 'sh ${scriptFile}'` },
  { name: 'CircleCI', file: /^\.circleci\/config\.ya?ml$/, line: `- run: sh ${scriptFile}` },
  { name: 'Azure Pipelines', file: /^(?:\.azure\/)?azure-pipelines(?:[.-][\w.-]+)?\.ya?ml$/, line: `- script: sh ${scriptFile}` },
  { name: 'Bitbucket Pipelines', file: /^bitbucket-pipelines\.ya?ml$/, line: `- sh ${scriptFile}` },
  { name: 'Travis CI', file: /^\.travis\.ya?ml$/, line: `- sh ${scriptFile}` },
  { name: 'Drone', file: /^\.drone\.ya?ml$/, line: `- sh ${scriptFile}` },
  { name: 'Woodpecker', file: /^\.woodpecker(?:\/[^/]+)?\.ya?ml$/, line: `- sh ${scriptFile}` },
  { name: 'Buildkite', file: /^\.buildkite\/pipeline\.ya?ml$/, line: `- command: sh ${scriptFile}` },
  { name: 'AppVeyor', file: /^\.?appveyor\.ya?ml$/, line: `- sh: sh ${scriptFile}` },
];

/** Files of CI systems that are not edited. */
export function otherSystems(repo: Repo): readonly string[] {
  return repo.files.filter((file) => systems.some((system) => system.file.test(file))).sort();
}

/** The gate as a script, and the systems that have to call it. */
export function scriptHome(repo: Repo, tool: Tool): Home {
  const files = [...otherSystems(repo), ...repo.files.filter((file) => file === scriptFile)];
  const found = files.flatMap((file) => partsIn(file, repo));
  return { runsTests: true, found, add: (gates) => addAll(gates, repo, tool) };
}

function partsIn(file: string, repo: Repo): readonly FoundPart[] {
  const text = repo.read(file) ?? '';
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const parts = commandsOf(plain(line), '', file === scriptFile ? withoutFiles(repo) : repo).flatMap(
      (command: Command) => gateOf(command) ?? [],
    );
    const offset = lines
      .slice(0, at + 1)
      .join('\n')
      .replace(/\r$/, '').length;
    return parts.map(
      (part): FoundPart => ({
        ...part,
        file,
        line: at + 1,
        addAfter: (added, why) =>
          file === scriptFile ? { edit: { kind: 'splice', file, start: offset, end: offset, text: `\n${added}`, why } } : undefined,
      }),
    );
  });
}

/** A command without what CI files put around it: a dash, a key, a call, quotes. */
function plain(line: string): string {
  return line
    .trim()
    .replace(/^(?:-\s+)?(?:(?:run|script|command|sh|bash)(?::\s*|\s*\(?\s*(?=['"])))?["'(]*/, '')
    .replace(/["')\]]+$/, '');
}

function withoutFiles(repo: Repo): Repo {
  return { ...repo, files: [] };
}

function addAll(gates: readonly Gate[], repo: Repo, tool: Tool): readonly Site[] {
  if (gates.length === 0) return [];
  const isThere = repo.files.includes(scriptFile);
  const tasks = otherSystems(repo).flatMap((file) => (callsScript(file, repo) ? [] : [{ task: callTask(file, repo) }]));
  if (isThere) return tasks;
  const commands = gates.flatMap((gate) => partsOf(gate).map((part) => gateCommand(tool.invocation, part, gate, 'junit')));
  const head = [
    '#!/bin/sh',
    '# Fails when tracing is not as it was migrated (exit code 3) or as it was recorded (4). Needs the dependencies installed.',
  ];
  const text = writeLines([...head, 'set -eu', 'cd "$(dirname "$0")/.."', ...commands]);
  return [{ edit: { kind: 'create', file: scriptFile, text, why: reasons.script } }, ...tasks];
}

/** Systems that have to call the script and do not. */
export function uncalled(repo: Repo): readonly Site[] {
  const calls = otherSystems(repo);
  return calls.some((file) => callsScript(file, repo)) ? [] : calls.map((file) => ({ task: callTask(file, repo) }));
}

function callsScript(file: string, repo: Repo): boolean {
  return repo.read(file)?.includes('trace-gate.sh') ?? false;
}

function callTask(file: string, repo: Repo): Task {
  const system = systems.find((each) => each.file.test(file));
  const lines = (repo.read(file) ?? '').split('\n');
  const at = lines.findIndex((line) => commandsOf(plain(line), '', withoutFiles(repo), 3).some(isTest));
  return { file, line: at + 1 || 1, why: reasons.callScript(system?.name ?? file), next: reasons.callScriptNext(system?.line ?? '') };
}
