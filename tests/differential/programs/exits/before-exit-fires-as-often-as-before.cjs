/*
ends: itself
untraced: it takes no request
*/
let rounds = 0;
process.on('beforeExit', (code) => {
  rounds++;
  console.log('beforeExit', rounds, code);
  if (rounds < 3) setTimeout(() => console.log('more work'), 5);
});
process.on('exit', (code) => console.log('exit', code));
