/*
nodes: '>=18'
ends: itself
*/
import { startFetches } from './shared/fetches.mjs';

const { server, url, call } = await startFetches();
await call('text', `${url}/text`);
await call('URL', new URL(`${url}/url?a=b#c`));
await call('Request', new Request(`${url}/request`, { headers: { a: 'b' } }));
await call('Request and init', new Request(`${url}/request`, { headers: { a: 'b' } }), { headers: { c: 'd' } });
await call('object', url, { headers: { A: '1', b: '2' } });
await call('pairs', url, { headers: [['A', '1'], ['a', '2']] });
await call('Headers', url, { headers: new Headers([['a', 'b']]) });
await call('Map', url, { headers: new Map([['a', 'b']]) });
await call('null prototype', url, { headers: Object.assign(Object.create(null), { A: 1 }) });
await call('frozen', url, Object.freeze({ headers: Object.freeze({ x: 'y' }) }));
await call('post', url, { method: 'post', body: 'text' });
await call('bytes', url, { method: 'POST', body: Buffer.from('b') });
await call('form', url, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
await call('head', url, { method: 'HEAD' });
await call('own method', url, { method: 'PURGE' });
await call('redirect', `${url}/redirect`);
await call('redirect by hand', `${url}/redirect`, { redirect: 'manual' });
await call('early hints', `${url}/hints`);
await call('data', 'data:text/plain,hi');
server.close();
