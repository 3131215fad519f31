/*
untraced: it takes no request
*/
const reads = [];
class Lazy extends Error {
  get message() {
    reads.push('message');
    return 'made when read';
  }
  get name() {
    reads.push('name');
    return 'Lazy';
  }
  get detail() {
    reads.push('detail');
    return {};
  }
}
const error = new Lazy();
reads.length = 0;
console.error(error);
console.log('logged', error, { cause: error });
console.log(reads.length, reads.join());
