const { createServer } = require('node:http');
const { letter } = require('letters');

const port = Number(process.argv[2] ?? 4724);

const server = createServer((request, response) => {
  if (request.url === '/health') response.end('healthy');
  else response.end(letter('customer'));
});

server.listen(port, 'localhost', () => console.log(`Mailer listens on http://localhost:${port}`));
