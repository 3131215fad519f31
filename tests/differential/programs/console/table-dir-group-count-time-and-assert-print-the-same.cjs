/*
untraced: it takes no request
*/
console.table([{ id: 1, name: 'a' }, { id: 2, name: 'b' }], ['name']);
console.table(new Map([['k', 1]]));
console.table('no table');
console.dir({ deep: { deeper: { deepest: { end: 1 } } } }, { depth: 0 });
console.dirxml({ a: 1 }, [2]);
console.group('outer', 1);
console.log('indented\ntwo lines');
console.groupCollapsed();
console.warn('twice indented');
console.error('twice indented on stderr');
console.groupEnd();
console.info('once');
console.groupEnd();
console.count();
console.count('named');
console.count();
console.countReset('named');
console.count('named');
console.countReset('unknown');
console.assert(true, 'not shown');
console.assert(false);
console.assert(false, 'shown %s', 'formatted');
console.assert(false, { object: true });
console.timeEnd('unknown');
console.log();
console.log('%%', '%c', 'css');
