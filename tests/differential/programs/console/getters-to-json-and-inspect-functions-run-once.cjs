/*
untraced: it takes no request
*/
const util = require('util');

const counts = { getter: 0, json: 0, inspect: 0, text: 0, primitive: 0 };
const value = {
  get read() {
    counts.getter += 1;
    return 1;
  },
};
const json = {
  toJSON() {
    counts.json += 1;
    return { count: counts.json };
  },
};
const custom = {
  [util.inspect.custom]() {
    counts.inspect += 1;
    return `inspected ${counts.inspect}`;
  },
};
class Text {
  toString() {
    counts.text += 1;
    return `text ${counts.text}`;
  }
}
const primitive = {
  [Symbol.toPrimitive]() {
    counts.primitive += 1;
    return counts.primitive;
  },
};
console.log('%j %o', json, value);
console.info(custom, value);
console.warn('%s and %s', new Text(), custom);
console.error('%d %i %f', primitive, primitive, primitive);
console.debug(JSON.stringify(json), `${new Text()}`);
console.log(counts);
