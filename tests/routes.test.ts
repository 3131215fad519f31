import { describe, expect, it } from 'vitest';
import { createPlan } from '../src/engine/index.ts';
import { tempRepo } from './harness/temp-repo.ts';

const manifest =
  '{ "name": "shop", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^4.18.0" }, "engines": { "node": ">=18" } }';
const app = "var app = require('express')();\napp.use('/a', require('./a'));\napp.listen(3000);\n";

describe('the routes of a plan', () => {
  it.each([
    "var express = require('express');\nvar router = express.Router();\n",
    "var router = require('express').Router();\n",
    "var router = require('express').Router({ mergeParams: true });\n",
    "var router = new (require('express').Router)();\n",
    "var Router = require('express').Router;\nvar router = Router();\n",
  ])('are those of %j', (router) => {
    const routes =
      "router.get('/:id', show);\nrouter.route('/').get(list).post(add);\nfunction show() {}\nfunction list() {}\nfunction add() {}\nmodule.exports = router;\n";
    const repo = tempRepo({ 'package.json': manifest, 'app.js': app, 'a.js': router + routes });
    const plan = createPlan(repo.root, { only: [], skip: [] });
    expect(plan.routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(['GET /a', 'GET /a/:id', 'POST /a']);
    repo.remove();
  });
});
