/*
untraced: it takes no request
*/
const circular = { name: 'c' };
circular.self = circular;
class Thing {
  #secret = 1;
  static made = 2;
  value = new WeakMap();
}
console.log(circular, [[[[[1]]]]], new Thing(), Thing, Object.create(null), new Map([[{}, new Set([1])]]));
console.log('%s %s %s', circular, null, Symbol('x'), -0, [undefined, , 3]);
console.log(Buffer.from('abc'), new Uint8Array(3), new Date(0), /r/g, async () => {}, function* gen() {}, Promise.resolve(1));
console.log(new Array(200).fill(7), 'x'.repeat(20000).length, { toString: null });
console.log(new Error('with cause', { cause: new Error('cause') }).cause.message, new AggregateError([new Error('a')], 'many').errors.length);
