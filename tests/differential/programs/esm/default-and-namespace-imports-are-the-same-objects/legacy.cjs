exports.four = 4;
exports.self = () => exports;
