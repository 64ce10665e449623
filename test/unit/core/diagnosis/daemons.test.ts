import assert from 'node:assert/strict';
import { backgroundCause } from '../../../../src/core/diagnosis/daemons';

describe('what sends a service into the background', () => {
  const cases: readonly (readonly [command: string | readonly string[], inFront: string | readonly string[]])[] = [
    ['nginx -p . -c site.conf', "nginx -p . -c site.conf -g 'daemon off;'"],
    [
      ['/usr/sbin/nginx', '-p', '.'],
      ['/usr/sbin/nginx', '-p', '.', '-g', 'daemon off;'],
    ],
    ['redis-server --port ${port} --daemonize yes', 'redis-server --port ${port}'],
    [
      ['redis-server', '--daemonize', 'yes', '--port', '1'],
      ['redis-server', '--port', '1'],
    ],
    ['gunicorn app:app --daemon -b :8000', 'gunicorn app:app -b :8000'],
    ['mongod --fork --logpath /tmp/m.log --dbpath db', 'mongod --dbpath db'],
    ['php-fpm8.2', 'php-fpm8.2 -F'],
    ['httpd -f conf', 'httpd -f conf -D FOREGROUND'],
    ['docker run -d -p 80:80 nginx', 'docker run -p 80:80 nginx'],
    ['node server.js &', 'node server.js'],
    ['nohup node server.js &', 'node server.js'],
  ];
  for (const [command, inFront] of cases) {
    it(`is removed from ${JSON.stringify(command)}`, () => assert.deepEqual(backgroundCause(command)?.inFront, inFront));
  }

  it('is nothing in commands that stay in the foreground', () => {
    for (const command of [
      "nginx -g 'daemon off;'",
      'redis-server --daemonize no',
      'a && b',
      'node -d',
      'nginx-proxy',
      'php-fpm -F',
      'vite &&',
    ])
      assert.equal(backgroundCause(command), undefined, command);
  });

  it('is nothing once it was removed', () => {
    for (const [, inFront] of cases) assert.equal(backgroundCause(inFront), undefined, JSON.stringify(inFront));
  });
});
