// biome-ignore-all lint/style/useNodejsImportProtocol: Node 14 before 14.18 does not know it in require
// @ts-nocheck: part of the preloaded file, plain JavaScript of Node 14.
const { randomBytes } = require('crypto');
const { appendFileSync } = require('fs');
const { ClientRequest } = require('http');
const { join } = require('path');

const receiver = String(process.env.OTEL_EXPORTER_OTLP_ENDPOINT || '').replace(/^https?:\/\//, '');
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(?::\d+)?$/;

/** Gives each request that leaves for this machine a trace of its own, and notes which test sent it. */
exports.followRequests = function followRequests(folder, tests) {
  const file = join(folder, `${process.pid}-${randomBytes(6).toString('hex')}.jsonl`);
  const seen = new Set();

  const write = function write(fact) {
    try {
      appendFileSync(file, `${JSON.stringify(fact)}\n`);
    } catch {
      // The folder is gone: the run was ended.
    }
  };
  const writeCall = function writeCall(method, path, traceId, spanId) {
    const test = tests.current();
    write({ file: test?.file || '', test: test?.names || [], method, path: String(path).split('?')[0], traceId, spanId });
  };
  /** The traceparent to add; undefined when the request carries one, or goes elsewhere. */
  const note = function note(method, host, path, given) {
    if (host === receiver || !loopback.test(host)) return undefined;
    const [, traceId = randomBytes(16).toString('hex'), spanId = randomBytes(8).toString('hex')] =
      /00-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(given) || [];
    // Known: the program under test runs in this process and asks on behalf of a request that was noted.
    if (!seen.has(traceId)) writeCall(method, path, traceId, spanId);
    seen.add(traceId);
    return given === '' ? `00-${traceId}-${spanId}-01` : undefined;
  };
  followHttp(note);
  followFetch(note, tests);
  followAnswers(function answered(traceId) {
    if (seen.has(traceId)) write({ answered: traceId });
  });
};

/** Requests that the test process answers itself: the app runs in it. */
function followAnswers(answered) {
  require('diagnostics_channel')
    .channel('http.server.request.start')
    .subscribe(function visit({ request }) {
      const [, traceId] = /^00-([0-9a-f]{32})-/.exec(String(request?.headers.traceparent || '')) || [];
      if (traceId) answered(traceId);
    });
}

function followHttp(note) {
  const original = ClientRequest.prototype._implicitHeader;
  ClientRequest.prototype._implicitHeader = function implicitHeader() {
    const traceparent = note(
      this.method,
      String(this.getHeader('host') || this.host),
      this.path,
      String(this.getHeader('traceparent') || ''),
    );
    if (traceparent) this.setHeader('traceparent', traceparent);
    return original.call(this);
  };
}

function followFetch(note, tests) {
  const channel = require('diagnostics_channel').channel('undici:request:create');
  const visit = function visit({ request }) {
    const [given = ''] = /00-[0-9a-f]{32}-[0-9a-f]{16}-/.exec(String(request.headers)) || [];
    const traceparent = note(request.method, String(request.origin).replace(/^https?:\/\//, ''), request.path, given);
    if (traceparent) request.addHeader('traceparent', traceparent);
  };
  let late = false;
  channel.subscribe(function first(message) {
    if (late) return;
    // OpenTelemetry in this process adds a header of its own: look after it did.
    late = tests.realm[Symbol.for('opentelemetry.js.api.1')] !== undefined;
    if (late) channel.subscribe(visit);
    else visit(message);
  });
}
