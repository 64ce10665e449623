// A small HTTP server: `node server.cjs <port> [ms before it listens]`. It writes what it did, with the time of the
// system's monotonic clock in ms, and takes orders as lines on stdin: exit, busy.
const http = require('node:http');

const say = (word) => console.log(`${word} ${Number(process.hrtime.bigint()) / 1e6}`);
const [port, delay = '0'] = process.argv.slice(2);
const server = http.createServer((_request, response) => response.end('ok'));
setTimeout(() => server.listen(Number(port), '127.0.0.1', () => say('listening')), Number(delay));

process.on('SIGINT', () => {
  server.closeAllConnections();
  server.close(() => {
    say('closed');
    process.exit(0);
  });
});

process.stdin.on('data', (order) => {
  if (order.toString().startsWith('exit')) {
    say('exiting');
    process.exit(3);
  }
  say('busy');
  const end = Date.now() + 60_000;
  while (Date.now() < end);
});
process.stdin.on('error', () => {});
