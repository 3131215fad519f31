import { lineEndingOf, withLineEnding } from '../engine/plan/line-ending.ts';
import type { Agent, Piece } from './piece.ts';
import { nameTaken } from './refuse.ts';
import { removeSection, setSection } from './section.ts';
import { rules, skill } from './texts.ts';

const INSTRUCTIONS = 'AGENTS.md';
const MARK = '<!-- Written by `tracewright agent-init`';
const IMPORT = /^[ \t]*(?:[-*][ \t]+)?@(?:\.\/)?AGENTS\.md[ \t]*\r?$/m;

const instructions: Piece = {
  file: INSTRUCTIONS,
  agents: [],
  what: 'rules for every agent',
  add: (text, asked) => setSection(INSTRUCTIONS, text, rules(asked)),
  remove: (text) => removeSection(INSTRUCTIONS, text),
};

/** Claude Code reads CLAUDE.md alone, which may import it already. */
const claudeImport: Piece = {
  file: 'CLAUDE.md',
  agents: ['claude'],
  what: `import of ${INSTRUCTIONS}`,
  add(text) {
    if (text === undefined || IMPORT.test(removeSection('CLAUDE.md', text) ?? '')) return text;
    return setSection('CLAUDE.md', text, `@${INSTRUCTIONS}`);
  },
  remove: (text) => removeSection('CLAUDE.md', text),
};

function skillIn(folder: string, agents: readonly Agent[]): Piece {
  const file = `${folder}/tracewright/SKILL.md`;
  return {
    file,
    agents,
    what: 'skill',
    add(text, asked) {
      if (text !== undefined && !text.includes(MARK)) throw nameTaken(file, 1, 'is a skill that agent-init did not write');
      return withLineEnding(skill(asked), lineEndingOf(text ?? ''));
    },
    remove: (text, asked) => (withLineEnding(text, '\n') === skill(asked) ? undefined : text),
  };
}

/** What agents read as prose. */
export const textPieces: readonly Piece[] = [
  instructions,
  claudeImport,
  skillIn('.agents/skills', ['codex']),
  skillIn('.claude/skills', ['claude']),
];
