import type { CohortId } from '../contract/index.ts';

/** What a library is to a program. `platform`: it starts the program itself, or runs it elsewhere than in a Node.js process of its own. */
export type Role =
  | 'server'
  | 'router'
  | 'client'
  | 'rpc'
  | 'graphql'
  | 'socket'
  | 'database'
  | 'cache'
  | 'queue'
  | 'scheduler'
  | 'logger'
  | 'pool'
  | 'cloud'
  | 'platform';

/** An official instrumentation package: which exact version serves which versions of the library in each cohort. */
export interface Instrumentation {
  readonly by: 'instrumentation';
  readonly name: string;
  readonly exports: string;
  /** Exact version of the instrumentation and the library range it supports; absent when the cohort's line has none. */
  readonly cohorts: Readonly<Partial<Record<CohortId, readonly [version: string, supports: string]>>>;
  /** Type declarations it installs that older TypeScript set-ups cannot check and that TypeScript includes unasked. */
  readonly declares?: string;
  /**
   * How ES modules that import the library get its spans. Absent: as CommonJS does, because the instrumentation patches files that the
   * library requires itself. `hook`: only when the loader hook shows it the import. `never`: the hook would stop the program.
   */
  readonly esm?: 'hook' | 'never';
  /** Packages the instrumentation needs beside it to do all of its work. */
  readonly needs?: Readonly<Partial<Record<CohortId, Readonly<Record<string, string>>>>>;
}

/** A codemod of ours writes calls of the middleware into the program. */
export interface OwnCodemod {
  readonly by: 'codemod';
  readonly id: string;
  readonly versions: string;
}

/** The middleware reads its routes and errors, a logger's lines, or follows the messages of a queue where they stand; no line of the program changes. */
export interface Reading {
  readonly by: 'middleware';
  readonly versions: string;
  /** Also where a bundler put it into the program: it tells of itself. */
  readonly bundled?: true;
  /** What it still misses. */
  readonly but?: string;
}

/** The library's own telemetry package, which a person registers. */
export interface Plugin {
  readonly by: 'plugin';
  readonly name: string;
  readonly versions: string;
  /** What a person does to register it. */
  readonly next: string;
}

/**
 * It sends through a module that the middleware traces. `http`: Node's http or https. `fetch`: Node's own fetch, or undici. `socket`: its
 * own sockets, which nothing traces.
 */
export interface Sending {
  readonly by: 'transport';
  readonly over: 'http' | 'fetch' | 'socket';
  /** The first versions report nothing that could be listened to; undefined means that all do. */
  readonly versions?: string;
  /** Only these members send; undefined means every call of the module does. */
  readonly members?: readonly string[];
}

/** It makes spans by itself, through the API of OpenTelemetry. */
export interface Itself {
  readonly by: 'itself';
  readonly versions: string;
}

/** One npm library, or every package of a prefix: everything the toolkit knows of it. */
export interface Library {
  /** npm name; a trailing `*` stands for every package with that prefix. */
  readonly name: string;
  readonly role: Role;
  /** How its spans come (a logger's: trace ids in its records); the first that serves the version in use. */
  readonly spans: readonly (Instrumentation | OwnCodemod | Reading | Plugin | Sending | Itself)[];
  /** Libraries that it requires itself, so that programs which use them only through it do not name them. */
  readonly loads?: readonly string[];
  /** It works through one of these, and its calls are seen where that one's are. */
  readonly over?: readonly string[];
  /** What stays without spans although others see its calls: said behind `over`, or alone when nothing sees it. */
  readonly dark?: string;
  /** Diagnostics channels that it publishes itself. */
  readonly publishes?: { readonly versions: string; readonly names: readonly string[] };
  /** A server: nobody reads its routes, unless one of `spans` serves the version in use. */
  readonly routes?: 'unread';
  /** The command line tool that loads it and the program, which then never names it. */
  readonly startedBy?: string;
  /** What it exports that makes objects which are given routes by method, `app.get('/x', show)`; '' is the package itself. */
  readonly makesRouters?: readonly string[];
  /** How a handler of it answers: `res.json(x)`, `return x`, `return c.json(x)`, `ctx.body = x`. */
  readonly handlers?: 'response' | 'returned' | 'context' | 'body';
  /** What people call a value of it that is handed in from elsewhere. */
  readonly variables?: readonly string[];
  /** JavaScript that puts one empty job on the queue `{queue}` (a quoted name) and ends; a shell reads it between double quotes. */
  readonly trial?: readonly string[];
  /** It owns the process: what it is called, and what to do instead of tracing it here. Where it is `loaded`, only a program that loads it. */
  readonly owns?: { readonly title: string; readonly next: string; readonly when?: 'loaded' };
}
