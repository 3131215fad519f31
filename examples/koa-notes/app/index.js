const Koa = require("koa");
const mount = require("koa-mount");
const bodyParser = require("koa-bodyparser");
const errors = require("./lib/errors");
const notes = require("./routes/notes");
const admin = require("./routes/admin");

const app = new Koa();

app.use(errors);
app.use(bodyParser());
app.use(notes.routes());
app.use(notes.allowedMethods());
app.use(mount("/admin", admin));

// Nobody needs a stack for a wrong path.
app.on("error", (err, ctx) => {
  if (!err.expose) console.error(`${ctx.method} ${ctx.path}`, err);
});

const port = process.env.PORT || 3001;
app.listen(port, "127.0.0.1", () => console.log(`notes on ${port}`));
