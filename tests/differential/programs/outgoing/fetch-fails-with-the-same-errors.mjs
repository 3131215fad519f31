/*
nodes: '>=18'
ends: itself
*/
import { startFetches } from './shared/fetches.mjs';

const { server, url, call } = await startFetches();
await call('refused', 'http://127.0.0.1:1');
await call('cut', `${url}/cut`);
await call('partial', `${url}/partial`);
await call('redirect as an error', `${url}/redirect`, { redirect: 'error' });
await call('no address', 'nonsense');
await call('scheme', 'ftp://x');
await call('name of a header', url, { headers: { 'a b': 'c' } });
await call('method', url, { method: 'A B' });
await call('CONNECT', url, { method: 'CONNECT' });
await call('body with GET', url, { body: 'x' });
await call('user info', url.replace('//', '//user:secret@'));
await call('nothing');
await call('aborted before', url, { signal: AbortSignal.abort() });
const after = new AbortController();
setTimeout(() => after.abort(), 30);
await call('aborted', `${url}/hangs`, { signal: after.signal });
await call('too late', `${url}/hangs`, { signal: AbortSignal.timeout(30) });
server.close();
