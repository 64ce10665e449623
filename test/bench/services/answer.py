"""The smallest server that answers HTTP: answer.py <port>. A hundred of them fit on any machine."""
import socket
import sys

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', int(sys.argv[1])))
server.listen()
try:
    while True:
        client, _ = server.accept()
        client.recv(4096)
        client.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok')
        client.close()
except (KeyboardInterrupt, ConnectionError):
    pass
