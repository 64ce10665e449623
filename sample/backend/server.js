const { createServer } = require('node:http');
const { connect } = require('node:net');

const port = Number(process.argv[2] ?? 4722);
const databasePort = Number(process.env.DATABASE_PORT ?? 4721);
const started = Date.now();

/** Increases a number in the database and gives it back. */
const increase = (name) =>
  new Promise((resolve, reject) => {
    const connection = connect(databasePort, 'localhost', () => connection.write(`${name}\n`));
    connection.once('error', reject);
    connection.once('data', (answer) => {
      resolve(Number(answer));
      connection.end();
    });
  });

const routes = {
  '/health': () => ({ status: 'healthy', pid: process.pid }),
  '/api/hello': async () => ({
    message: 'Hello from the backend',
    pid: process.pid,
    upSeconds: Math.round((Date.now() - started) / 1000),
    greetings: await increase('greetings'),
  }),
  // What crash.js asks for.
  '/crash': () => {
    setImmediate(() => {
      throw new Error('The price list is empty');
    });
    return { status: 'about to fail' };
  },
};

const server = createServer(async (request, response) => {
  const route = routes[new URL(request.url, 'http://localhost').pathname];
  const [status, body] = route === undefined ? [404, { error: 'Not found' }] : await answer(route);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
  console.log(`${request.method} ${request.url} ${status}`);
});

async function answer(route) {
  try {
    return [200, await route()];
  } catch (error) {
    return [503, { error: `The database does not answer: ${error.message}` }];
  }
}

server.listen(port, 'localhost', () => console.log(`Backend listens on http://localhost:${port}`));

process.on('SIGINT', () => {
  console.log('Backend stops.');
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
