/** What `detect` and `plan` may see of a target repository. Reading through it is recorded, so a plan knows its inputs. One Repo never changes: the same question has the same answer. */
export interface Repo {
  /** Every file that is not ignored: repository-relative POSIX paths in code-unit order. */
  readonly files: readonly string[];
  /** Text of a file with its BOM kept; undefined when it is missing, not a regular file, or not valid UTF-8. */
  read(file: string): string | undefined;
  /** Source files (JavaScript, TypeScript, extensionless scripts) whose bytes contain at least one needle, in path order. */
  mentioning(needles: readonly string[]): readonly string[];
}
