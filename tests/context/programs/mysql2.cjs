// The server is the library's own.
const mysql = require('mysql2');
module.exports = ({ call }) =>
  new Promise((resolve) => {
    const server = mysql.createServer();
    server.on('connection', (connection) => {
      connection.on('error', () => undefined);
      connection.serverHandshake({ protocolVersion: 10, serverVersion: '5.7', connectionId: 1, statusFlags: 2, characterSet: 8, capabilityFlags: 0xffffff & ~2048 & ~32 });
      connection.on('query', () => setTimeout(() => Object.assign(connection, { sequenceId: 1 }).writeOk(), 2));
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server._server.address();
      const pool = mysql.createPool({ host: '127.0.0.1', port, user: 'u', connectionLimit: 2 });
      resolve((n) => new Promise((done, fail) => pool.query('SELECT 1', (error) => (error ? fail(error) : call(n).then(done, fail)))));
    });
  });
