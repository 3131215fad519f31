/** Levels. Nothing that a person or a tool writes comes near; parsers that call themselves for each level end the process somewhere above. */
const DEEPEST = 500;

const DATA = /\.(?:jsonc?|json5|ya?ml|lock|toml)$|(?:^|\/)\.[\w-]*rc$/i;

/** Whether a file of data, by its name, is nested so deeply that no parser may be given it. */
export function isTooDeep(file: string, text: string): boolean {
  return DATA.test(file) && (hasDeepBrackets(text) || hasDeepIndentation(text));
}

/** What a quoted text holds is no bracket; a quote never stays open over a line in JSON. */
function hasDeepBrackets(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[{\]}]/g)) {
    if (token === '[' || token === '{') depth++;
    else if (depth > 0 && token.length === 1) depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Each level of a block adds at least one space, or a dash. */
function hasDeepIndentation(text: string): boolean {
  return new RegExp(`^[ \\t]{${DEEPEST},}\\S*:|^[ \\t]*(?:- ){${DEEPEST},}`, 'm').test(text);
}
