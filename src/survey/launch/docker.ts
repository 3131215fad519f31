import { createRequire } from 'node:module';
import type { From, Instruction } from 'dockerfile-ast';
import type { Dockerfile, DockerInstruction, DockerStage } from '../../contract/index.ts';
import { baseName } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';

/** Required, not imported: importing its CommonJS throws on Node 20.6; and only for a Dockerfile, because it is many files. */
const parser = (): typeof import('dockerfile-ast') => createRequire(import.meta.url)('dockerfile-ast');

type LineStarts = readonly number[];
type Range = { start: { line: number; character: number }; end: { line: number; character: number } };

/** Every Dockerfile of the repository, without its build context. */
export function readDockerfiles(reading: Reading): Omit<Dockerfile, 'context'>[] {
  return reading.repo.files
    .filter(
      (file) =>
        /^(Dockerfile|Containerfile)(\.(?!dockerignore$)[\w.-]+)?$|\.Dockerfile$|^dockerfile$/i.test(baseName(file)) &&
        !/(^|\/)node_modules\//.test(file),
    )
    .filter((file) => !/\.(?:[cm]?[jt]s|md|ya?ml|json|sh|txt|j2|tpl|erb)$/.test(file))
    .flatMap((file) => readDockerfile(reading, file) ?? []);
}

function readDockerfile(reading: Reading, file: string): Omit<Dockerfile, 'context'> | undefined {
  const text = reading.repo.read(file);
  return text === undefined ? undefined : readDockerText(reading, file, text);
}

/** The Dockerfile that a text is, with offsets into it; `file` is where it is written. */
export function readDockerText(reading: Reading, file: string, text: string): Omit<Dockerfile, 'context'> | undefined {
  const parsed = parser().DockerfileParser.parse(withoutInnerComments(text.replace(/^\uFEFF/, ' ')));
  const starts = lineStarts(text);
  const stages: (DockerStage & { instructions: DockerInstruction[] })[] = [];
  const froms = new Map(parsed.getFROMs().map((from) => [from.getRange().start.line, from]));
  for (const instruction of parsed.getInstructions()) {
    const { line } = instruction.getRange().start;
    const from = froms.get(line);
    if (from) stages.push({ ...stageName(from), image: imageOf(from, (name) => parsed.resolveVariable(name, line)), instructions: [] });
    else if (!known.has(instruction.getKeyword())) {
      reading.report('TW1005', `${file}: unknown instruction ${instruction.getInstruction()}`, { file, line: line + 1 });
    }
    const resolve = (name: string): string | null | undefined => parsed.resolveVariable(name, line);
    const read = placed(readInstruction(instruction, text, starts), resolve);
    if (isBrokenExec(read))
      reading.report('TW1005', `${file}: ${read.keyword} is neither a JSON array nor a command`, { file, line: line + 1 });
    stages.at(-1)?.instructions.push(read);
  }
  if (stages.length === 0) {
    reading.report('TW1005', `${file}: it has no FROM`, { file, line: 1 });
    return undefined;
  }
  return { file, stages };
}

/** Docker leaves out a comment line in the middle of an instruction; the parser takes it for a part of an array. Every offset stays. */
function withoutInnerComments(text: string): string {
  return text.replace(/(?<=\\[ \t]*\r?\n)(?:[ \t]*#[^\n]*\n)+/g, (lines) =>
    lines.replace(/([ \t]*#[^\r\n]*)(\r?\n)/g, (_all, line: string, end: string) => `${' '.repeat(line.length - 1)}\\${end}`),
  );
}

const known = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

/** `CMD ['node', 'app.js']`: Docker runs it as a shell command, which fails. */
function isBrokenExec(read: DockerInstruction): boolean {
  return (
    (read.keyword === 'CMD' || read.keyword === 'ENTRYPOINT') &&
    !read.json &&
    (read.arguments[0]?.startsWith('[') ?? false) &&
    read.arguments[0] !== '['
  );
}

function stageName(from: From): { name?: string } {
  const name = from.getBuildStage();
  return name === null ? {} : { name };
}

/** The image with `$NAME`, `${NAME}` and `${NAME:-default}` replaced by their defaults. */
function imageOf(from: From, resolve: Resolve): string {
  return withValues(from.getImage() ?? '', resolve, '');
}

type Resolve = (name: string) => string | null | undefined;

/** Paths with the values of the ARG and ENV lines above. What none of them states may come from the base image and stays as it is. */
function placed(instruction: DockerInstruction, resolve: Resolve): DockerInstruction {
  if (!/^(COPY|ADD|WORKDIR)$/.test(instruction.keyword)) return instruction;
  return { ...instruction, arguments: instruction.arguments.map((each) => withValues(each, resolve)) };
}

function withValues(text: string, resolve: Resolve, otherwise?: string): string {
  return text.replace(/\$(?:\{(\w+)(?::?[-=]([^}]*))?\}|(\w+))/g, (all, braced?: string, fallback?: string, plain?: string) => {
    return resolve(braced ?? plain ?? '') ?? fallback ?? otherwise ?? all;
  });
}

function readInstruction(instruction: Instruction, text: string, starts: LineStarts): DockerInstruction {
  const range = instruction.getRange();
  const offset = (at: Range['start']): number => (starts[at.line] ?? 0) + at.character;
  const strings =
    instruction instanceof parser().JSONInstruction && instruction.getOpeningBracket() !== null ? instruction.getJSONStrings() : [];
  const isJson = strings.length > 0 && instruction instanceof parser().JSONInstruction && instruction.getClosingBracket() !== null;
  const words = isJson ? [] : withoutHeredoc(instruction);
  const parts = isJson ? strings : words;
  return {
    keyword: instruction.getKeyword(),
    arguments: isJson
      ? strings.map((each) => jsonValue(text, offset(each.getRange().start), offset(each.getRange().end)))
      : words.map((each) => each.getValue()),
    argumentRanges: parts.map((each) => [offset(each.getRange().start), Math.min(offset(each.getRange().end), text.length)] as const),
    ...(instruction instanceof parser().ModifiableInstruction && { flags: instruction.getFlags().map((each) => each.toString()) }),
    json: isJson,
    start: offset(range.start),
    end: Math.min(offset(range.end), text.length),
    line: range.start.line + 1,
  };
}

/** What a COPY writes itself (`COPY <<EOF /etc/app.json`) stands below its first line, and names nothing. */
function withoutHeredoc(instruction: Instruction): ReturnType<Instruction['getArguments']> {
  const words = instruction.getArguments();
  const marker = /^(COPY|ADD)$/.test(instruction.getKeyword()) ? words.find((each) => each.getValue().startsWith('<<')) : undefined;
  const line = marker?.getRange().start.line;
  return line === undefined ? words : words.filter((each) => each.getRange().start.line <= line);
}

function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** The parser's own JSON value loses blanks. */
function jsonValue(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.replace(/^"|"$/g, '');
  }
}
