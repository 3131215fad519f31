const Koa = require("koa");
const Router = require("@koa/router");

const app = new Koa();
const router = new Router();

router.get("/stats/:kind", (ctx) => {
  ctx.body = { kind: ctx.params.kind, uptime: "long" };
});

app.use(router.routes());

module.exports = app;
