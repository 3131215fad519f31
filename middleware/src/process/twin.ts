import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { Script } from 'vm';

// biome-ignore lint/suspicious/noExplicitAny: methods of a router, called with whatever it calls them with
type Method = (this: any, ...args: any[]) => unknown;

/** The methods that may be made again, without comments, spaces and semicolons: they use nothing but their parameters and what `surroundings` gives them. */
const known = [
  'functionhandle_error(error,req,res,next){varfn=this.handleif(fn.length!==4){returnnext(error)}try{fn(error,req,res,next)}catch(err){next(err)}}',
  'functionhandle(req,res,next){varfn=this.handleif(fn.length>3){returnnext()}try{fn(req,res,next)}catch(err){next(err)}}',
  "functionhandleError(error,req,res,next){constfn=this.handleif(fn.length!==4){returnnext(error)}try{constret=fn(error,req,res,next)if(isPromise(ret)){ret.then(null,function(error){next(error||newError('Rejectedpromise'))})}}catch(err){next(err)}}",
  "functionhandleRequest(req,res,next){constfn=this.handleif(fn.length>3){returnnext()}try{constret=fn(req,res,next)if(isPromise(ret)){ret.then(null,function(error){next(error||newError('Rejectedpromise'))})}}catch(err){next(err)}}",
  "functionhandleError(error,req,res,next){constfn=this.handleif(fn.length!==4){returnnext(error)}if(!shouldTrace(requestChannel)){try{constret=handlePromise(fn(error,req,res,next))if(ret){ret.then(noop,function(error){next(error||newError('Rejectedpromise'))})}}catch(err){next(err)}return}invokeWithTrace(function(wrappedNext){returnfn(error,req,res,wrappedNext)},{req,res,incomingError:error,layer:this,handler:fn,route:req[matchedRoute],errorHandler:true},next)}",
  "functionhandleRequest(req,res,next){constfn=this.handleif(fn.length>3){returnnext()}if(this.route||!shouldTrace(requestChannel)){try{constret=handlePromise(fn(req,res,next))if(ret){ret.then(noop,function(error){next(error||newError('Rejectedpromise'))})}}catch(err){next(err)}return}invokeWithTrace(function(wrappedNext){returnfn(req,res,wrappedNext)},{req,res,layer:this,handler:fn,route:req[matchedRoute]},next)}",
];
const deprecation = "if(!(retinstanceofPromise)){deprecate('handlersthatarePromise-likearedeprecated,useanativePromiseinstead')}";

function isKnown(text: string): boolean {
  const bare = text.replace(/\/\/.*$/gm, '').replace(/[\s;]/g, '');
  return known.indexOf(bare.replace(deprecation, '')) >= 0;
}

/**
 * A method of a router's layer with a call of `observe` at its beginning, that no stack trace tells from the original: made of the
 * original's own text, under its file name and at its position. Wrapped in a function of ours it would show in every error page.
 * Where `observe` answers true it has done all. Nothing is made of a text that is not known, or where the two turn out to differ.
 */
export function twinOf(method: Method, observe: Method): Method | undefined {
  try {
    const text = Function.prototype.toString.call(method);
    if (!isKnown(text) || !/^[^\n]*\{\r?\n/.test(text)) return undefined;
    const site = siteOf(method);
    if (site === undefined) return undefined;
    const around = surroundings(text, site.file);
    const first = compile(text, around, site.file, 0, observe);
    const line = siteOf(first);
    const twin = line && compile(text, around, site.file, site.line - line.line, observe);
    return twin && same(siteOf(twin), site) && twin.name === method.name && twin.length === method.length ? twin : undefined;
  } catch {
    return undefined;
  }
}

interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** What the text uses of its module: other modules, and since router 2.3 functions that stand beside it in its file. */
function surroundings(text: string, file: string): Surroundings {
  const modules = "const isPromise = require('is-promise'), deprecate = require('depd')('router'); ";
  if (!/\bhandlePromise\(/.test(text)) return { before: /\bisPromise\(/.test(text) ? modules : '', after: '' };
  const source = readFileSync(file, 'utf8');
  const beside = source.match(/^function (?:noop [^\n]*|(?:handlePromise|invokeWithTrace) [\s\S]*?^)\}\r?$/gm) || [];
  const tools =
    "const { matchedRoute } = require('./symbols'); const { publishEnd, recordThrown, requestChannel, shouldTrace, traceAsyncEnd, wrapNext } = require('./tracing'); ";
  if (source.indexOf(text) < 0 || beside.length !== 3) throw new Error('another router');
  return { before: modules + tools, after: `\n${beside.join('\n')}` };
}

function compile(text: string, { before, after }: Surroundings, filename: string, lineOffset: number, observe: Method): Method {
  const parameters = text.slice(text.indexOf('(') + 1, text.indexOf(')'));
  const body = text.replace('{', `{ if (observe(this, ${parameters})) return;`);
  const code = `(function (observe, require) { 'use strict'; ${before}return ${body}${after}\n})`;
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
