/*
untraced: it takes no request
*/
for (const name of Object.keys(console)) {
  const method = console[name];
  if (typeof method !== 'function') continue;
  const descriptor = Object.getOwnPropertyDescriptor(console, name);
  const attributes = [descriptor.writable, descriptor.enumerable, descriptor.configurable].join();
  process.stdout.write(`${name} ${method.name} ${method.length} ${attributes} ${Object.getOwnPropertyNames(method).sort()}\n`);
}
process.stdout.write(`${String(console.log)} ${String(console.error)} ${String(console.table)}\n`);
process.stdout.write(`${Object.keys(console).join()} ${Object.prototype.toString.call(console)} ${console.log === console.info}\n`);
process.stdout.write(`${console === require('console')} ${console === require('console').Console.prototype} ${console instanceof console.Console}\n`);
