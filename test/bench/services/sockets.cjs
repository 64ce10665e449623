// Opens so many connections to itself: `node sockets.cjs <connections>`. Each has two sockets. Writes "ready <port>".
const net = require('node:net');

const wanted = Number(process.argv[2]);
const held = [];
const server = net.createServer((socket) => held.push(socket));
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => open(0));

function open(count) {
  if (count === wanted) {
    console.log(`ready ${server.address().port}`);
    return;
  }
  const socket = net.connect(server.address().port, '127.0.0.1', () => open(count + 1));
  held.push(socket);
}
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
