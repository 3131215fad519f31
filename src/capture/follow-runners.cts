// biome-ignore-all lint/style/useNodejsImportProtocol: Node 14 before 14.18 does not know it in require
// @ts-nocheck: part of the preloaded file, plain JavaScript of Node 14.
const Module = require('module');
const tests = require(`./running-tests${__filename.slice(__filename.lastIndexOf('.'))}`);

function titles(test) {
  const names = [];
  for (let at = test; at && at.name !== 'ROOT_DESCRIBE_BLOCK'; at = at.parent) names.unshift(at.name);
  return names;
}

/** Listens to `handleTestEvent`, the documented hook of Jest's environments, before the environment itself. */
function listen(environment, file) {
  const own = environment.handleTestEvent;
  let concurrent = false;
  tests.realm = environment.global;
  environment.handleTestEvent = function handleTestEvent(event, state) {
    if (event.name === 'add_test') concurrent = concurrent || event.concurrent === true;
    else if (event.name === 'test_start') tests.start(event.test, file, titles(event.test), concurrent);
    else if (event.name === 'test_done') tests.end(event.test);
    return own?.call(environment, event, state);
  };
}

function followJest(adapter) {
  return function jestAdapter(globalConfig, config, environment, runtime, file, ...rest) {
    listen(environment, file);
    return adapter(globalConfig, config, environment, runtime, file, ...rest);
  };
}

function withJest(loaded) {
  if (typeof loaded === 'function') return followJest(loaded);
  return typeof loaded?.default === 'function' ? { ...loaded, __esModule: true, default: followJest(loaded.default) } : loaded;
}

const followed = new WeakSet();

/** Mocha's runner is an event emitter: its public events say when a test begins and ends. Mocha 12 exports it by name. */
function withMocha(loaded) {
  const Runner = typeof loaded === 'function' ? loaded : loaded?.Runner;
  if (typeof Runner !== 'function' || followed.has(Runner)) return loaded;
  const original = Runner.prototype.run;
  followed.add(Runner);
  Runner.prototype.run = function run(...given) {
    this.on('test', (test) => tests.start(test, test.file, test.titlePath(), false));
    this.on('test end', tests.end);
    return original.apply(this, given);
  };
  return loaded;
}

const load = Module._load;
Module._load = function loadModule(request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  if (!/runner(?:\.[cm]?js)?$/.test(request)) return loaded;
  if (/jest-circus[\\/](?:build[\\/])?runner(?:\.js)?$/.test(request)) return withJest(loaded);
  return /[\\/]mocha[\\/]lib[\\/]/.test(parent?.filename || '') ? withMocha(loaded) : loaded;
};
