// A small HTTP server: `node server.cjs <port> [ms before it listens]`. It writes what it did, with the time of the
// system's monotonic clock in ms, also into the file MOMENTS if that is set, and takes an order as a line on stdin: busy.
const { appendFileSync } = require('node:fs');
const http = require('node:http');
const { setTimeout } = require('node:timers');

const file = process.env.MOMENTS;
const say = (word) => {
  const line = `${word} ${Number(process.hrtime.bigint()) / 1e6}`;
  if (file) appendFileSync(file, `${line}\n`);
  console.log(line);
};
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
  if (!order.toString().startsWith('busy')) return;
  const end = Date.now() + 60_000;
  while (Date.now() < end);
});
process.stdin.on('error', () => {});
