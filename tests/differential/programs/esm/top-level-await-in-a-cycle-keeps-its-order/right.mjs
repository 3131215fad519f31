import { left } from './left.mjs';
import { order } from './order.mjs';

order.push('right begins');
await null;
order.push('right ends');
export const right = () => (typeof left === 'function' ? 'right' : 'nothing');
