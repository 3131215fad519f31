import type { Repo } from '../../src/contract/index.ts';
import type { Pipeline, PipelineJob } from '../../src/survey/index.ts';
import { type Command, commandsOf, gateOf, installFolder, isTest } from './commands.ts';
import type { Gate } from './gates.ts';
import { type FoundPart, freeName, type Home, type Site, writeAt } from './home.ts';
import { isEnoughImage } from './node-versions.ts';
import { reasons } from './reasons.ts';
import { findingsFile, gateCommand, partsOf, type Tool } from './tool.ts';

/** A job with the commands it runs; those of `before_script` and `script` share one shell. */
interface SeenJob extends PipelineJob {
  readonly commands: readonly Command[];
}

/** A GitLab pipeline. */
export function gitlabHome(pipeline: Pipeline, repo: Repo, tool: Tool): Home {
  const jobs = pipeline.jobs.map((job): SeenJob => {
    const text = [...job.before, ...job.script.map((each) => each.text)].join('\n');
    return { ...job, commands: commandsOf(text, '', repo) };
  });
  const testing = jobs.filter(({ commands }) => commands.some(isTest));
  return {
    runsTests: testing.length > 0 || pipeline.includes,
    found: jobs.flatMap((job) => partsIn(job, pipeline.file, repo)),
    add: (gates) => addAll(gates, testing, pipeline, repo, tool),
  };
}

function partsIn({ script, line }: SeenJob, file: string, repo: Repo): readonly FoundPart[] {
  return script.flatMap(({ text, after }) =>
    commandsOf(text, '', repo).flatMap((command): FoundPart[] => {
      const part = gateOf(command);
      if (part === undefined) return [];
      return [
        {
          ...part,
          file,
          line,
          addAfter(added, why) {
            if (after === undefined || gateOf({ ...command, text }) === undefined) return undefined;
            return {
              edit: {
                kind: 'splice',
                file,
                start: after.offset,
                end: after.offset,
                text: writeAt({ ...after, spaced: false }, [[added]]),
                why,
              },
            };
          },
        },
      ];
    }),
  );
}

function addAll(gates: readonly Gate[], testing: readonly SeenJob[], pipeline: Pipeline, repo: Repo, tool: Tool): readonly Site[] {
  const { file, newJob: place, includes } = pipeline;
  if (gates.length === 0) return [];
  const isHidden = testing.length === 0 && includes;
  if (place === undefined || isHidden) {
    const commands = gates.flatMap((gate) => partsOf(gate).map((part) => gateCommand(tool.invocation, part, gate, 'junit')));
    const why = place === undefined ? reasons.flowPipeline : reasons.included;
    return [{ task: { file, line: 1, why, next: reasons.pasteJob(commands) } }];
  }
  const ids = pipeline.jobs.map(({ id }) => id);
  const whys: string[] = [];
  const jobs = gates.map((gate) => {
    const id = freeName(`trace-gate${gate.suffix}`, ids);
    ids.push(id);
    const parent = testing.find((job) => !job.isParallel && !job.isManual);
    const [first] = testing;
    whys.push(parent === undefined ? (first === undefined ? reasons.ownJob : reasons.ownJobBeside(first.id)) : reasons.extended(parent.id));
    return jobLines(id, gate, parent, pipeline, repo, tool);
  });
  const text = writeAt(place, jobs, place.unit);
  return [{ edit: { kind: 'splice', file, start: place.offset, end: place.offset, text, why: [...new Set(whys)].join(' ') } }];
}

function jobLines(id: string, gate: Gate, parent: SeenJob | undefined, pipeline: Pipeline, repo: Repo, tool: Tool): readonly string[] {
  const before = commandsOf((parent?.before ?? pipeline.before).join('\n'), '', repo);
  const ready = (parent?.before ?? pipeline.before).some((line) => /\bcd\s/.test(line)) ? undefined : before.map(installFolder);
  const installs = gate.installs.filter(({ folder }) => ready?.includes(folder) !== true);
  const usesCorepack =
    installs.some(({ command }) => /^(?:pnpm|yarn .*--immutable)/.test(command)) && !before.some(({ text }) => text.startsWith('corepack'));
  const script = [
    ...(usesCorepack ? ['corepack enable'] : []),
    ...installs.map(({ folder, command }) => (folder === '' ? command : `(cd ${folder} && ${command})`)),
    ...partsOf(gate).map((part) => gateCommand(tool.invocation, part, gate, 'junit')),
  ];
  const stage = parent === undefined ? stageFor(pipeline) : undefined;
  return [
    `${id}:`,
    ...(parent === undefined ? [] : [`\textends: ${parent.id}`]),
    ...(stage === undefined ? [] : [`\tstage: ${stage}`]),
    ...(isEnoughImage(parent?.image) === true ? [] : [`\timage: node:${gate.node}`]),
    ...(parent?.mayFail ? ['\tallow_failure: false'] : []),
    ...(ready === undefined ? ['\tbefore_script: []'] : []),
    '\tscript:',
    ...script.map((line) => `\t\t- ${quoted(line)}`),
    '\tartifacts:',
    '\t\twhen: always',
    '\t\treports:',
    `\t\t\tjunit: ${findingsFile(gate, 'junit')}`,
  ];
}

/** The stage of tests, else the last one before anything is deployed; GitLab's own default when no stages are named. */
function stageFor({ stages }: Pipeline): string | undefined {
  if (stages === undefined || stages.length === 0) return undefined;
  const deploy = stages.findIndex((stage) => /deploy|release|publish|prod/i.test(stage));
  return stages.find((stage) => /test|check|verify|quality/i.test(stage)) ?? stages[deploy < 1 ? stages.length - 1 : deploy - 1];
}

/** A command that YAML would not read as plain text gets quotes. */
function quoted(command: string): string {
  return /: |^[^\w(]| #/.test(command) ? `'${command.replaceAll("'", "''")}'` : command;
}
