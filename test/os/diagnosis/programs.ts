/** Minimal servers, each with one problem. The port is the first argument, the host the second. */
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';

export const viteProgram = join(repositoryRoot, 'node_modules/vite/bin/vite.js');

/** Responds to every request. */
export const healthy = `
import http.server, socketserver, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Length', '2'); self.end_headers(); self.wfile.write(b'ok')
    def log_message(self, *args): pass
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    def __init__(self, *args):
        host = sys.argv[2] if len(sys.argv) > 2 else '127.0.0.1'
        import socket
        if ':' in host: self.address_family = socket.AF_INET6
        super().__init__((host, int(sys.argv[1])), Handler)
    def server_bind(self):
        import socket
        if 'share' in sys.argv: self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().server_bind()
Server().serve_forever()
`;

/** Accepts connections and never responds. */
export const silent = `
import socket, sys
server = socket.create_server(('127.0.0.1', int(sys.argv[1])))
held = []
while True: held.append(server.accept())
`;

/** Responds and closes nothing: connections that its clients close stay in CLOSE_WAIT. */
export const leaking = `
import socket, sys, threading
server = socket.create_server(('127.0.0.1', int(sys.argv[1])))
held = []
def serve(connection):
    if connection.recv(4096): connection.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok')
while True:
    connection, _ = server.accept()
    held.append(connection)
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
`;

/** An application for uvicorn, without any package. */
export const asgi = `
async def app(scope, receive, send):
    if scope['type'] == 'lifespan':
        while True:
            message = await receive()
            await send({'type': message['type'] + '.complete'})
            if message['type'] == 'lifespan.shutdown': return
    await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'content-length', b'2')]})
    await send({'type': 'http.response.body', 'body': b'ok'})
`;

/** Responds as its arguments say: port, status, body, and delay in ms. */
export const replying = `
const { createServer } = require('node:http');
const [port, status, text, delay] = process.argv.slice(2);
createServer((_, response) => {
  setTimeout(() => response.writeHead(Number(status), { connection: 'close' }).end(text), Number(delay));
}).listen(Number(port), '127.0.0.1');
`;

/** Answers as the AirPlay receiver of macOS does on port 5000. */
export const airplay = `
const { createServer } = require('node:http');
createServer((_, response) => {
  response.writeHead(403, { server: 'AirTunes/870.14.1', 'content-length': '0', connection: 'close' }).end();
}).listen(Number(process.argv[2]), '127.0.0.1');
`;

/** Speaks TLS, with a self-signed certificate. */
export const secure = `
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:https');
const subject = ['-subj', '/CN=localhost', '-days', '1', '-nodes'];
const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...files, ...subject], { stdio: 'ignore' });
const identity = { key: readFileSync('key.pem'), cert: readFileSync('cert.pem') };
createServer(identity, (_, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');
`;

/** Responds in another protocol than HTTP, as databases do. */
export const otherProtocol = `
import socket, sys
server = socket.create_server(('127.0.0.1', int(sys.argv[1])))
while True:
    connection, _ = server.accept()
    connection.recv(4096); connection.sendall(b"-ERR unknown command 'GET'\\r\\n"); connection.close()
`;

/** Resets every connection, as a server whose worker exits does. */
export const resetting = `
import socket, struct, sys
server = socket.create_server(('127.0.0.1', int(sys.argv[1])))
while True:
    connection, _ = server.accept()
    connection.recv(4096)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); connection.close()
`;

/** A Node that is up and listens on nothing. */
export const idle = 'setInterval(() => undefined, 1000);\n';
