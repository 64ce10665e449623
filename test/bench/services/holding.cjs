// A server that answers its first request and holds all others open: `node holding.cjs <port>`. It exits on the line "exit" on stdin.
const http = require('node:http');

const moment = () => Number(process.hrtime.bigint()) / 1e6;
let requests = 0;
const server = http.createServer((_request, response) => {
  requests += 1;
  if (requests === 1) response.end('ok');
});
server.requestTimeout = 0;
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log(`listening ${moment()}`));
process.stdin.on('data', () => {
  console.log(`exiting ${moment()}`);
  process.exit(0);
});
process.stdin.on('error', () => {});
