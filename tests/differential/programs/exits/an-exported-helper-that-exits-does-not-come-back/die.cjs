exports.die = function die(message, code) {
  console.log(message);
  process.exit(code);
};
