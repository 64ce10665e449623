// Takes the port of the frontend until Ctrl+C is pressed: `node occupy.js`.
const { createServer } = require('node:http');

const port = 4723;
const server = createServer((_request, response) => response.end('This is not the frontend.'));
server.once('error', () => console.error(`Port ${port} is in use: stop the frontend first.`));
server.listen(port, 'localhost', () => console.log(`Port ${port} is taken. Start the frontend now.`));
