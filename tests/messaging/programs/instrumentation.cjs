'use strict';
const made = (process.env.INSTRUMENT || '').split(' ').filter(Boolean).map((each) => {
  const [name, type] = each.split('#');
  return new (require(name)[type])();
});
if (process.env.PLAIN !== '1') require('@tracewright/middleware/register').register({ serviceName: process.env.ROLE, instrumentations: made });
