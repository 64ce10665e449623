import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import type { Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Cleanup } from '../support/cleanup';
import { httpServer, httpsServer, listen, type RunningServer, tcpServer } from '../support/servers';
import { until } from '../support/until';
import { askHttp, failureOf } from './support';

describe('http probe: the promises', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const running = (server: Server, host?: string): Promise<RunningServer> => listen(server, cleanup, host);
  const plain = (): Server => httpServer((_request, response) => void response.end('fine'));
  const noSocketLeft = (server: RunningServer): Promise<void> => until('no socket is left', () => server.open() === 0);

  it('ignores the proxy of the environment', async () => {
    const server = await running(plain());
    const secure = await running(httpsServer((_request, response) => void response.end('fine'), cleanup));
    let asked = 0;
    const proxying = await running(
      tcpServer(() => {
        asked++;
      }),
    );
    const proxy = `http://127.0.0.1:${proxying.port}`;
    const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
    for (const name of names) {
      const old = process.env[name];
      process.env[name] = proxy;
      cleanup.add(() => {
        if (old === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = old;
      });
    }
    assert.ok((await askHttp('/', { port: server.port })).ok);
    assert.ok((await askHttp(`https://localhost:${secure.port}/`)).ok);
    assert.equal(asked, 0);
  });

  it('speaks HTTP past http.request, in whose place VS Code puts a function that looks for proxies', async () => {
    const server = await running(plain());
    const secure = await running(httpsServer((_request, response) => void response.end('fine'), cleanup));
    for (const module of [http, https]) {
      const { request } = module;
      cleanup.add(() => {
        module.request = request;
      });
      module.request = () => assert.fail('http.request was called');
    }
    assert.ok((await askHttp('/', { port: server.port })).ok);
    assert.ok((await askHttp(`https://localhost:${secure.port}/`)).ok);
  });

  it('lets health.headers replace the Host header, in any spelling', async () => {
    const seen: (readonly string[])[] = [];
    const server = await running(
      httpServer((request, response) => {
        seen.push(
          request.rawHeaders.filter((_word, index, all) => /^host$/i.test(all[index - (index % 2)] ?? '') && index % 2 === 1),
        );
        response.end();
      }),
    );
    for (const name of ['Host', 'host']) await askHttp('/', { port: server.port, spec: { headers: { [name]: 'shop.test' } } });
    assert.deepEqual(seen, [['shop.test'], ['shop.test']]);
  });

  it('does not expand a compressed body, which has no limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    const server = await running(
      httpServer((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    );
    const asked = { port: server.port, spec: { json: {} } };
    assert.deepEqual(await failureOf(askHttp('/', asked)), { kind: 'badBody', detail: 'not JSON' });
    await noSocketLeft(server);
  });

  it('leaves no socket at the address that lost', async () => {
    const quick = await running(plain(), '127.0.0.1');
    const hanging = await listen(
      tcpServer(() => undefined),
      cleanup,
      '::1',
      quick.port,
    );
    const started = performance.now();
    assert.ok((await askHttp('/', { port: quick.port, timeout: 30_000 })).ok);
    await noSocketLeft(hanging);
    assert.ok(performance.now() - started < 10_000, 'long before the timeout');
  });
});
