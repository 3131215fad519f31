exports.module = module;
exports.during = module.loaded;
