/** A folder with one server, which Node runs without an installation. */
const server = "import http from 'node:http';\nhttp.createServer((_, response) => response.end('Hello')).listen(3102);\n";
export const oneService = {
  'api/package.json': { name: 'api', type: 'module', scripts: { start: 'node server.js' } },
  'api/server.js': server,
};
