const EXTENSION = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NEVER = /(?:\.d\.[cm]?ts|\.min\.[cm]?js|[.-]bundle\.js|\.pack\.js)$/;
// A folder named `vendor` alone may be a shop's own code.
const JUNK_FOLDER =
  /(?:^|\/)(?:bower_components|jspm_packages|\.yarn|third[_-]party|(?:public|static|assets|www|wwwroot)\/(?:.*\/)?vendor)\//;
const INTERPRETER = /^#!.*\b(?:node|nodejs|tsx|ts-node|babel-node)\b/;
const SCRIPT_FOLDER = /(?:^|\/)bin\/[^/]+$/;

/** Whether a path can be JavaScript or TypeScript that a person wrote; `look` means its first bytes decide. */
export function sourceKind(file: string): 'source' | 'look' | 'other' {
  if (JUNK_FOLDER.test(file) || NEVER.test(file)) return 'other';
  if (EXTENSION.test(file)) return 'source';
  return file.lastIndexOf('.') > file.lastIndexOf('/') ? 'other' : 'look';
}

/** Whether an extensionless file is a Node.js script: by its shebang, or, without one, by lying in `bin/`. */
export function isScript(file: string, content: string): boolean {
  const line = content.slice(0, 200);
  if (line.startsWith('#!')) return INTERPRETER.test(line);
  return SCRIPT_FOLDER.test(file) && !content.includes('\0');
}

/** Generated code in few, very long lines: nobody maintains it by hand. */
export function isMinified(content: string): boolean {
  if (content.length < 4096) return false;
  let lines = 1;
  for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) lines += 1;
  return content.length / lines > 400;
}
