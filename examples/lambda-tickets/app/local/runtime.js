"use strict";

// The loop that Lambda runs around a handler.
const http = require("http");
const path = require("path");

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });

function ask(method, what, body, done) {
  const req = http.request({ hostname, port, agent, method, path: `/2018-06-01/runtime/invocation/${what}` }, (res) => {
    let text = "";
    res.on("data", (part) => (text += part));
    res.on("end", () => done(res, text));
  });
  req.end(body);
}

const [file, name] = process.env._HANDLER.split(".");
const handler = require(path.join(process.env.LAMBDA_TASK_ROOT, file))[name];

(function next() {
  ask("GET", "next", undefined, (res, text) => {
    const id = res.headers["lambda-runtime-aws-request-id"];
    let answered = false;
    const callback = (err, answer) => {
      if (answered) return;
      answered = true;
      const body = err ? { errorType: err.name, errorMessage: err.message } : answer;
      ask("POST", `${id}/${err ? "error" : "response"}`, JSON.stringify(body || null), next);
    };
    const context = { awsRequestId: id, functionName: process.env.AWS_LAMBDA_FUNCTION_NAME };
    try {
      const result = handler(JSON.parse(text), context, callback);
      if (result && result.then) result.then((answer) => callback(null, answer), callback);
    } catch (err) {
      callback(err);
    }
  });
})();
