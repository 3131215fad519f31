/** Replaces text[start, end) of the planned text. Offsets are UTF-16 code units. `text` uses \n; the engine writes the file's own line ending. */
export interface Splice {
  readonly kind: 'splice';
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly why: string;
}

/** A new file. It must not exist. Either its text, or the name of a file that ships with the toolkit (`assets/`). */
export type Create = {
  readonly kind: 'create';
  readonly file: string;
  readonly why: string;
} & ({ readonly text: string } | { readonly asset: string });

export interface Delete {
  readonly kind: 'delete';
  readonly file: string;
  readonly why: string;
}

/** One value in a package.json; `undefined` removes it. Formatting of the file is kept. */
export interface ManifestEdit {
  readonly kind: 'manifest';
  readonly file: string;
  readonly path: readonly string[];
  readonly value?: string;
  readonly why: string;
}

export type Edit = Splice | Create | Delete | ManifestEdit;

/** Work that cannot be done safely and is handed to a person or an agent. */
export interface Task {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly why: string;
  readonly next: string;
}
