class NoteError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "NoteError";
    this.status = status;
  }
}

module.exports = async function errors(ctx, next) {
  try {
    await next();
  } catch (err) {
    ctx.status = err.status || 500;
    ctx.body = { error: err.expose === false ? "internal" : err.message };
    if (ctx.status >= 500) ctx.app.emit("error", err, ctx);
  }
};

module.exports.NoteError = NoteError;
