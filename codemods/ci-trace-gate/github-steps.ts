import type { Gate } from './gates.ts';
import { findingsFile, gateCommand, type Part, partsOf, type Tool } from './tool.ts';

/** How steps of a job are written. */
export interface StepStyle {
  /** True when findings may be uploaded to code scanning. */
  readonly uploads: boolean;
  /** True when `run` would start in another folder than the root. */
  readonly leavesRoot: boolean;
}

/** The steps of one gate, each as lines without its dash. */
export function gateSteps(gate: Gate, tool: Tool, style: StepStyle): readonly (readonly string[])[] {
  return partsOf(gate).flatMap((part) => {
    const findings = part === 'check' && style.uploads ? ('sarif' as const) : undefined;
    const step = gateStep(part, gateCommand(tool.invocation, part, gate, findings), style.leavesRoot, gate.suffix);
    return findings === undefined ? [step] : [step, uploadStep(gate)];
  });
}

const names: Readonly<Record<Part, string>> = { check: 'Check that tracing is in place', verify: 'Compare with the golden traces' };

export function gateStep(part: Part, command: string, leavesRoot: boolean, suffix = ''): readonly string[] {
  const name = suffix === '' ? names[part] : `${names[part]} (${suffix.slice(1)})`;
  return [`name: ${name}`, ...(leavesRoot ? ['working-directory: .'] : []), `run: ${command}`];
}

/** The check fails when it finds something, so its findings are sent nevertheless; without a file there is nothing to send. */
function uploadStep(gate: Gate): readonly string[] {
  const file = findingsFile(gate, 'sarif');
  return [
    'name: Show what the check found',
    `if: \${{ !cancelled() && hashFiles('${file}') != '' }}`,
    'uses: github/codeql-action/upload-sarif@v4',
    'with:',
    `\tsarif_file: ${file}`,
    `\tcategory: trace-check${gate.suffix}`,
  ];
}

/** What a job of its own takes from the job that runs the tests. */
export interface JobSource {
  readonly checkout: string;
  readonly setupNode: string;
  /** Lines of `runs-on`, `env`, `services` and `permissions`, as written, without the indentation of the job's key. */
  readonly written: readonly string[];
  readonly hasRunner: boolean;
}

/** The lines of a job of its own, without its key's indentation; `pad` is a tab when lists are indented below their key. */
export function jobLines(id: string, gate: Gate, tool: Tool, source: JobSource, style: StepStyle, pad: string): readonly string[] {
  const usesCorepack = gate.installs.some(({ command }) => /^(?:pnpm|yarn .*--immutable)/.test(command));
  const steps: readonly (readonly string[])[] = [
    [`uses: ${source.checkout}`],
    [`uses: ${source.setupNode}`, 'with:', `\tnode-version: ${gate.node}`],
    ...(usesCorepack ? [['run: corepack enable']] : []),
    ...gate.installs.map(({ folder, command }) => [
      ...(folder === '' && !style.leavesRoot ? [] : [`working-directory: ${folder === '' ? '.' : folder}`]),
      `run: ${command}`,
    ]),
    ...gateSteps(gate, tool, style),
  ];
  return [
    `${id}:`,
    ...(source.hasRunner ? [] : ['\truns-on: ubuntu-latest']),
    ...source.written,
    '\tsteps:',
    ...steps.flatMap((lines) => lines.map((line, at) => `\t${pad}${at === 0 ? '- ' : '  '}${afterDash(line)}`)),
  ];
}

/** Steps are two columns deeper than their dash; one more level inside of them is two columns, too. */
function afterDash(line: string): string {
  return line.replace(/^\t/, '  ');
}
