const Router = require("@koa/router");
const store = require("../lib/store");
const { NoteError } = require("../lib/errors");

const router = new Router({ prefix: "/api/notes" });
const words = new Router();

router.param("id", async (id, ctx, next) => {
  ctx.note = await store.find(Number(id));
  if (!ctx.note) throw new NoteError(404, "no such note");
  return next();
});

router.get("/", async (ctx) => {
  ctx.body = await store.list();
});

router.post("/", async (ctx) => {
  const { text } = ctx.request.body;
  if (!text) ctx.throw(400, "text is missing");
  ctx.status = 201;
  ctx.body = await store.add(text);
  console.log("note added", ctx.body.id);
});

router.get("/:id", (ctx) => {
  ctx.body = ctx.note;
});

words.get("/count", async (ctx) => {
  ctx.body = { words: await store.words(ctx.note.id) };
});

router.use("/:id/words", words.routes());

module.exports = router;
