import { createRequire } from 'module';
import { Script } from 'vm';

// biome-ignore lint/suspicious/noExplicitAny: methods of a router, called with whatever it calls them with
type Method = (this: any, ...args: any[]) => unknown;

/** The methods that may be made again, without comments, spaces and semicolons: they use nothing but their parameters and two modules. */
const known = [
  'functionhandle_error(error,req,res,next){varfn=this.handleif(fn.length!==4){returnnext(error)}try{fn(error,req,res,next)}catch(err){next(err)}}',
  'functionhandle(req,res,next){varfn=this.handleif(fn.length>3){returnnext()}try{fn(req,res,next)}catch(err){next(err)}}',
  "functionhandleError(error,req,res,next){constfn=this.handleif(fn.length!==4){returnnext(error)}try{constret=fn(error,req,res,next)if(isPromise(ret)){ret.then(null,function(error){next(error||newError('Rejectedpromise'))})}}catch(err){next(err)}}",
  "functionhandleRequest(req,res,next){constfn=this.handleif(fn.length>3){returnnext()}try{constret=fn(req,res,next)if(isPromise(ret)){ret.then(null,function(error){next(error||newError('Rejectedpromise'))})}}catch(err){next(err)}}",
];
const deprecation = "if(!(retinstanceofPromise)){deprecate('handlersthatarePromise-likearedeprecated,useanativePromiseinstead')}";

function isKnown(text: string): boolean {
  const bare = text.replace(/\/\/.*$/gm, '').replace(/[\s;]/g, '');
  return known.indexOf(bare.replace(deprecation, '')) >= 0;
}

/**
 * A method of a router's layer with a call of `observe` at its beginning, that no stack trace tells from the original: made of the
 * original's own text, under its file name and at its position. Wrapped in a function of ours it would show in every error page.
 * Nothing is made of a text that is not known, or where the two turn out to differ.
 */
export function twinOf(method: Method, observe: Method): Method | undefined {
  try {
    const text = Function.prototype.toString.call(method);
    const site = siteOf(method);
    if (site === undefined || !isKnown(text) || !/^[^\n]*\{\r?\n/.test(text)) return undefined;
    const first = compile(text, site.file, 0, observe);
    const line = siteOf(first);
    const twin = line && compile(text, site.file, site.line - line.line, observe);
    return twin && same(siteOf(twin), site) && twin.name === method.name && twin.length === method.length ? twin : undefined;
  } catch {
    return undefined;
  }
}

function compile(text: string, filename: string, lineOffset: number, observe: Method): Method {
  const parameters = text.slice(text.indexOf('(') + 1, text.indexOf(')'));
  const body = text.replace('{', `{ observe(this, ${parameters});`);
  const modules = /\bisPromise\(/.test(text) ? "const isPromise = require('is-promise'), deprecate = require('depd')('router'); " : '';
  const code = `(function (observe, require) { 'use strict'; ${modules}return ${body}\n})`;
  return new Script(code, { filename, lineOffset }).runInThisContext()(observe, createRequire(filename));
}

interface Site {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

function same(one: Site | undefined, other: Site): boolean {
  return one !== undefined && one.text === other.text;
}

/** Where a layer's method calls the handler. */
function siteOf(method: Method): Site | undefined {
  let site: Site | undefined;
  const next = (): void => undefined;
  const request = (_req: unknown, _res: unknown, _next: unknown): void => {
    site = callerOf(request);
  };
  const failure = (_error: unknown, _req: unknown, _res: unknown, _next: unknown): void => {
    site = callerOf(failure);
  };
  if (method.length === 4) method.call({ handle: failure }, undefined, {}, {}, next);
  else method.call({ handle: request }, {}, {}, next);
  return site;
}

function callerOf(callee: Function): Site | undefined {
  const [format, limit] = [Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace'), Error.stackTraceLimit];
  try {
    Error.prepareStackTrace = (_error, sites) => sites;
    Error.stackTraceLimit = 1;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, callee);
    const [frame] = (holder.stack as NodeJS.CallSite[]) || [];
    const file = frame && frame.getFileName();
    const line = frame && frame.getLineNumber();
    return frame && file && line ? { file, line, text: String(frame) } : undefined;
  } finally {
    Error.stackTraceLimit = limit;
    if (format) Object.defineProperty(Error, 'prepareStackTrace', format);
    else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  }
}
