exports.maintenance = function maintenance(req, res) {
  res.statusCode = 503;
  res.end('later');
};
exports.serve = function serve(req, res) {
  res.end(req.url);
};
