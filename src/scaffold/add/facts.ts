import type { Edit, Package, Repo, Route, Survey, Task } from '../../contract/index.ts';

/** The service that something is added to. */
export interface Facts {
  readonly repo: Repo;
  readonly survey: Survey;
  readonly routes: readonly Route[];
  readonly package: Package;
  /** `ts` or `js`. */
  readonly extension: 'ts' | 'js';
  /** Whether its files are ES modules. */
  readonly isModule: boolean;
  /** Folder of its sources, '' or ending in a slash. */
  readonly sources: string;
}

/** Edits, and what is left to a person. */
export interface Addition {
  readonly edits: readonly Edit[];
  readonly tasks: readonly Task[];
}

/** Whether the service depends on a package. */
export function uses({ package: { dependencies } }: Facts, library: string): boolean {
  return dependencies.some(({ name }) => name === library);
}

/** A path of the service as one of the repository. */
export function at({ package: { dir } }: Facts, file: string): string {
  return dir === '' ? file : `${dir}/${file}`;
}

/** The first of these files that is there. */
export function firstOf(facts: Facts, names: readonly string[]): string | undefined {
  return names.map((name) => at(facts, name)).find((file) => facts.repo.read(file) !== undefined);
}

/** `order-mails` as `orderMails`, or `OrderMails`. */
export function camel(name: string, first: 'lower' | 'upper' = 'lower'): string {
  const joined = name.replaceAll(/[-_.]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return first === 'upper' ? joined.charAt(0).toUpperCase() + joined.slice(1) : joined;
}

/** `order-mails` as `ORDER_MAILS`. */
export function upper(name: string): string {
  return name.replaceAll(/[-.]+/g, '_').toUpperCase();
}
