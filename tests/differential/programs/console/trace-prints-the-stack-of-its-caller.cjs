/*
frames: all
untraced: it takes no request
*/
function outer() {
  inner();
}
function inner() {
  console.trace('where %s', 'am I');
  console.trace();
  console.trace({ value: 1 });
}
outer();
