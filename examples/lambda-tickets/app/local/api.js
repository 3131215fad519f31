"use strict";

// A small API Gateway for the desk: each function is a process of its own that asks for its calls over the runtime API, as on Lambda.
const { spawn } = require("child_process");
const http = require("http");
const path = require("path");

const functions = {
  show: { handler: "src/tickets.show", route: "GET /tickets/{id}" },
  open: { handler: "src/tickets.open", route: "POST /tickets" },
  stats: { handler: "src/stats.handler", route: "GET /stats" },
  notify: { handler: "src/notify.handler" },
};

const lambdas = {};
const children = [];

function start(name) {
  const lambda = { calls: [], asking: [], pending: new Map(), next: 0 };
  lambdas[name] = lambda;
  const runtime = http.createServer((req, res) => {
    if (req.url.endsWith("/next")) return lambda.calls.length ? give(lambda, res) : lambda.asking.push(res);
    const id = req.url.split("/").at(-2);
    const failed = req.url.endsWith("/error");
    read(req, (body) => {
      res.end();
      lambda.pending.get(id)(failed, JSON.parse(body));
      lambda.pending.delete(id);
    });
  });
  runtime.listen(0, "127.0.0.1", () => {
    const env = {
      ...process.env,
      _HANDLER: functions[name].handler,
      LAMBDA_TASK_ROOT: path.join(__dirname, ".."),
      AWS_LAMBDA_FUNCTION_NAME: `tickets-${name}`,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${runtime.address().port}`,
    };
    children.push(spawn(process.execPath, [path.join(__dirname, "runtime.js")], { env, stdio: "inherit" }));
  });
}

function give(lambda, res) {
  const { id, event } = lambda.calls.shift();
  res.setHeader("lambda-runtime-aws-request-id", id);
  res.end(JSON.stringify(event));
}

function invoke(name, event, done) {
  const lambda = lambdas[name];
  const id = `${name}-${++lambda.next}`;
  lambda.pending.set(id, done);
  lambda.calls.push({ id, event });
  if (lambda.asking.length) give(lambda, lambda.asking.shift());
}

function read(req, done) {
  let body = "";
  req.on("data", (part) => (body += part));
  req.on("end", () => done(body));
}

function find(method, pathname) {
  for (const [name, { route = "" }] of Object.entries(functions)) {
    const [verb, template = ""] = route.split(" ");
    const names = [];
    const pattern = template.replace(/\{(\w+)\}/g, (_, key) => names.push(key) && "([^/]+)");
    const found = verb === method && new RegExp(`^${pattern}$`).exec(pathname);
    if (found) return { name, route, params: Object.fromEntries(names.map((key, at) => [key, found[at + 1]])) };
  }
}

const server = http.createServer((req, res) => {
  const { pathname, search } = new URL(req.url, "http://localhost");
  read(req, (body) => {
    if (pathname === "/queues/ticket-events") {
      // What an instrumented sender puts into the attributes of a message.
      const { traceparent } = req.headers;
      const messageAttributes = traceparent ? { traceparent: { dataType: "String", stringValue: traceparent } } : {};
      const eventSourceARN = "arn:aws:sqs:eu-central-1:000000000000:ticket-events";
      const record = { messageId: "m-1", eventSource: "aws:sqs", eventSourceARN, body, messageAttributes };
      invoke("notify", { Records: [record] }, (failed, answer) => res.writeHead(failed ? 500 : 200).end(JSON.stringify(answer)));
      return;
    }
    const found = find(req.method, pathname);
    if (!found) return res.writeHead(404).end();
    const event = {
      version: "2.0",
      routeKey: found.route,
      rawPath: pathname,
      rawQueryString: search.slice(1),
      headers: req.headers,
      requestContext: { http: { method: req.method, path: pathname, sourceIp: "127.0.0.1" } },
      pathParameters: found.params,
      body,
    };
    invoke(found.name, event, (failed, answer) => {
      if (failed) return res.writeHead(500).end('{"message":"Internal Server Error"}');
      res.writeHead(answer.statusCode, answer.headers).end(answer.body);
    });
  });
});

Object.keys(functions).forEach(start);
process.on("SIGTERM", () => {
  children.forEach((child) => child.kill());
  process.exit(0);
});
server.listen(process.env.PORT || 3000, "127.0.0.1", () => console.log("tickets are on", server.address().port));
