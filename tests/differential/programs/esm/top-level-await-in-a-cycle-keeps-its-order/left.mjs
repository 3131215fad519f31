import { order } from './order.mjs';
import { right } from './right.mjs';

order.push('left begins');
await new Promise((resolve) => setTimeout(resolve, 20));
order.push('left ends');
export const left = () => `left of ${right()}`;
