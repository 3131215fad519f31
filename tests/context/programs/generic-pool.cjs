const { Pool } = require('generic-pool');
module.exports = ({ call }) => {
  const pool = new Pool({ name: 'things', max: 2, create: (done) => setTimeout(done, 1, null, {}), destroy() {} });
  return (n) =>
    new Promise((resolve, reject) => {
      pool.acquire((error, thing) => {
        if (error) reject(error);
        else call(n).then(() => resolve(pool.release(thing)), reject);
      });
    });
};
