/** One instruction, read without the survey's parser, so that a fault of that one is seen here. */
export interface Step {
  readonly keyword: string;
  readonly flags: Readonly<Record<string, readonly string[]>>;
  /** What follows the keyword and its flags. */
  readonly rest: string;
  /** The words of an exec form. */
  readonly exec?: readonly string[];
  readonly heredocs: readonly string[];
}

/** The instructions of a Dockerfile: lines joined, comments left out, here-documents taken from below. */
export function readSteps(text: string): readonly Step[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const steps: Step[] = [];
  while (lines.length > 0) {
    const whole = takeLine(lines);
    if (whole === '') continue;
    const heredocs = [...whole.matchAll(/<<-?["']?(\w+)["']?/g)].map(([, end = '']) => takeHeredoc(lines, end));
    steps.push(toStep(whole, heredocs));
  }
  return steps;
}

function takeLine(lines: string[]): string {
  let whole = '';
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (/^\s*(#|$)/.test(line)) {
      if (whole === '') return '';
      continue;
    }
    const goesOn = /\\[ \t]*$/.test(line);
    whole += goesOn ? `${line.replace(/\\[ \t]*$/, '')}` : line;
    if (!goesOn) break;
  }
  return whole.trim();
}

function takeHeredoc(lines: string[], end: string): string {
  const taken: string[] = [];
  for (let line = lines.shift(); line !== undefined && line.trim() !== end; line = lines.shift()) taken.push(line);
  return `${taken.join('\n')}\n`;
}

function toStep(whole: string, heredocs: readonly string[]): Step {
  const [, keyword = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(whole) ?? [];
  const flags: Record<string, string[]> = {};
  let rest = after;
  for (let flag = /^--([\w-]+)(?:=(\S*))?\s+/.exec(rest); flag !== null; flag = /^--([\w-]+)(?:=(\S*))?\s+/.exec(rest)) {
    const [all, name = '', value = ''] = flag;
    flags[name] = [...(flags[name] ?? []), value];
    rest = rest.slice(all.length);
  }
  const exec = rest.startsWith('[') ? readExec(rest) : undefined;
  return { keyword: keyword.toUpperCase(), flags, rest, heredocs, ...(exec && { exec }) };
}

function readExec(text: string): readonly string[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
