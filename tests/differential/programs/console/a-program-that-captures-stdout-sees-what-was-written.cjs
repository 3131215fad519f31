/*
untraced: it takes no request
*/
const { write } = process.stdout;
const captured = [];
process.stdout.write = function capture(chunk, encoding, done) {
  captured.push([String(chunk), typeof encoding, typeof done]);
  return true;
};
console.log('captured %d', 1);
console.info({ a: [1] });
process.stdout.write = write;
console.log(captured, process.stdout.write === write, process.stdout.write.name);
