/*
nodes: '>=20.18.1'
ends: itself
untraced: nothing leaves the program
*/
import { fetch, MockAgent, setGlobalDispatcher } from 'undici';

const agent = new MockAgent();
agent.disableNetConnect();
setGlobalDispatcher(agent);
const pool = agent.get('http://shop.test');
pool.intercept({ path: '/a', method: 'GET' }).reply(200, { ok: true }, { headers: { 'content-type': 'application/json' } });
pool.intercept({ path: '/b', method: 'POST', body: 'x', headers: { 'x-a': '1' } }).reply(418, 'pot');
for (const [path, options] of [['/a'], ['/b', { method: 'POST', body: 'x', headers: { 'x-a': '1' } }], ['/c']]) {
  try {
    const answer = await fetch(`http://shop.test${path}`, options);
    console.log(answer.status, await answer.text());
  } catch (error) {
    console.log(error.message, error.cause?.message);
  }
}
agent.assertNoPendingInterceptors();
await agent.close();
