const path = require('path');
const { Piscina } = require('piscina');
module.exports = () => {
  const pool = new Piscina({ filename: path.join(__dirname, 'pool-task.cjs'), maxThreads: 2 });
  return (n) => pool.run(n);
};
