import assert from 'node:assert/strict';
import { withChosenPorts } from '../../../../src/core/config/chosenPorts';
import { movedAddresses } from '../../../../src/core/model/movedAddress';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { file, parse } from './marked';

const chosenIn = (services: string, chosen: Readonly<Record<string, number>>): ReadonlyMap<string, ServiceSpec> => {
  const { services: specs, problems } = parse(file(services));
  assert.deepEqual(problems, []);
  const known = { ports: new Map(Object.entries(chosen)), containers: new Map() };
  return new Map(withChosenPorts(specs, known).map((spec) => [spec.key, spec]));
};

describe('core/config/chosenPorts', () => {
  const api = '"api": { "command": "serve ${port}", "port": "auto" }';

  it('gives a service its port, and a probe of it where no other is written', () => {
    const spec = chosenIn(api, { api: 23_401 }).get('api');
    assert.deepEqual([spec?.port, spec?.probe?.target], [23_401, { kind: 'tcp', port: 23_401 }]);
    assert.deepEqual(spec?.portChoice, { from: 23_400, to: 23_999 });
    const health = chosenIn('"api": { "command": "x", "port": [8000, 8099], "health": "http://[::1]:${port}/up" }', {
      api: 8001,
    });
    assert.deepEqual(health.get('api')?.probe?.target, { kind: 'http', address: 'http://[::1]:8001/up' });
  });

  it('puts addresses into every text that may hold one', () => {
    const web = chosenIn(
      `${api}, "web": {
        "command": "vite \${port} \${port:api}", "port": 5173, "url": "http://localhost:\${port}/?api=\${port:api}",
        "env": { "API": "\${url:api}" }, "health": { "http": "\${url:api}/health" }, "checks": [{ "http": "\${url:shop/api}/x" }],
        "setup": [{ "command": "wait \${port:api}", "unless": "\${port:api}" }], "commands": { "open": "open \${url:api}" },
        "stopCommand": "stop \${port:api}"
      }, "job": { "command": ["x", "\${url:web}"], "health": { "exec": "nc -z localhost \${port:api}" } }`,
      { api: 23_401 },
    );
    const spec = web.get('web') ?? assert.fail();
    assert.deepEqual(
      [spec.command, spec.url, spec.env, spec.probe?.target],
      [
        'vite ${port} 23401',
        'http://localhost:${port}/?api=23401',
        { API: 'http://localhost:23401' },
        { kind: 'http', address: 'http://localhost:23401/health' },
      ],
    );
    assert.deepEqual([spec.checks[0]?.http, spec.setup[0]?.command], ['http://localhost:23401/x', 'wait 23401']);
    assert.deepEqual([spec.commands, spec.stopCommand], [{ open: 'open http://localhost:23401' }, 'stop 23401']);
    assert.deepEqual([spec.usedPorts, spec.asWritten?.command], [{ api: 23_401 }, 'vite ${port} ${port:api}']);
    const job = web.get('job') ?? assert.fail();
    assert.deepEqual(job.command, ['x', 'http://localhost:5173/?api=23401']);
    assert.deepEqual(job.probe?.target, { kind: 'exec', command: 'nc -z localhost 23401' });
  });

  it('leaves a service alone that neither has a chosen port nor uses an address', () => {
    const text = '"a": { "command": "x ${port} ${env:HOME}", "port": 8000 }';
    assert.deepEqual([...chosenIn(text, {}).values()], parse(file(text)).services);
  });

  it('leaves the variables of a service for which no port is free', () => {
    const found = chosenIn(`${api}, "web": { "command": "x \${port:api} \${url:api}" }`, {});
    assert.deepEqual([found.get('api')?.port, found.get('api')?.probe], [undefined, undefined]);
    assert.equal(found.get('web')?.command, 'x ${port:api} ${url:api}');
  });

  it('ends where addresses refer to each other, and takes the slash off their end', () => {
    const found = chosenIn(
      '"a": { "command": "x ${url:b}", "url": "${url:b}/a" }, "b": { "command": "x", "url": "${url:a}/b" },' +
        '"c": { "command": "x ${url:d} ${url:c}", "port": 1 }, "d": { "command": "x", "url": "https://d.test/" }',
      {},
    );
    assert.equal(found.get('a')?.command, 'x ${url:a}/b');
    assert.equal(found.get('c')?.command, 'x https://d.test http://localhost:1');
  });

  it('keeps of addresses what is fixed, so that consent to a start is for it', () => {
    const fixed = (others: string): ServiceSpec['fixedAddresses'] =>
      chosenIn(`"web": { "command": "x \${url:api} \${port:db}" }, "db": { "command": "x", "port": 5432 }, ${others}`, {
        api: 23_401,
        proxy: 23_402,
      }).get('web')?.asWritten?.fixedAddresses;
    assert.deepEqual(fixed(api), { 'port:db': '5432' });
    assert.deepEqual(fixed('"api": { "command": "x", "port": "auto", "url": "http://a.test:${port}/" }'), {
      ...{ 'url:api': 'http://a.test:${port}', 'port:db': '5432' },
    });
    const nested = '"api": { "command": "x", "url": "${url:proxy}/v1" }, "proxy": { "command": "x", "port": "auto", "url": ';
    assert.deepEqual(fixed(`${nested}"http://p.test:\${port}/;evil" }`)?.['url:api'], 'http://p.test:${port}/;evil/v1');
  });

  it('returns which addresses have changed since a start', () => {
    const text = `${api}, "web": { "command": "x \${port:api}" }`;
    const [before, now] = [chosenIn(text, { api: 23_401 }).get('web'), chosenIn(text, { api: 23_402 }).get('web')];
    assert.ok(before && now);
    assert.deepEqual(movedAddresses(before, now), [{ id: 'api', before: 23_401, now: 23_402 }]);
    assert.deepEqual(movedAddresses(now, now), []);
    const { usedPorts: _none, ...without } = now;
    assert.deepEqual(movedAddresses(before, without), []);
  });
});
