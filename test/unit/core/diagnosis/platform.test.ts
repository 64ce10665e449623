/** What the findings about platforms, editors and hosts offer. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { otherServerIn } from '../../../../src/core/diagnosis/rules/alreadyRunning';
import { known } from '../../../../src/core/model/process';
import { allowedHostsIn, djangoSettings } from '../../../../src/core/workspaceFiles/allowedHosts';
import { healthy, running } from '../views/samples';
import { nextTwice, otherPlatform } from './platformCases';
import { ailing, crashedWith, neighbour, row, withFiles } from './sample';

const offered = (given: Facts): readonly string[] => (findingsOf(given)[0]?.actions ?? []).map(({ title }) => title);

describe('a second server of a folder', () => {
  it('is named with its address and pid, and may be ended while it is a server', () => {
    const given = nextTwice({ otherServer: known(row(99, { command: 'next-server (v16.4.6)' })) });
    const [finding] = findingsOf(given);
    assert.equal(finding?.title, 'Another server of backend is running in this folder: http://localhost:3981 (pid 99).');
    assert.deepEqual(finding.evidence.slice(1), ['pid 99: next-server (v16.4.6)']);
    assert.deepEqual(finding.actions[0]?.arguments, [{ pid: 99, born: 'b' }]);
  });

  it('is named also behind lines that VS Code has written', () => {
    const written = Array.from({ length: 9 }, () => ' *  Executing task: npm run dev ');
    const message = [
      '⨯ Another next dev server is already running.',
      '',
      '- Local:        http://localhost:3981',
      '- PID:          99',
    ];
    assert.equal(otherServerIn([...written, ...message]), 99);
    assert.equal(otherServerIn(written), undefined);
  });

  it('is not offered to be ended when the number belongs to another program now, or to none', () => {
    for (const otherServer of [known(row(99, { command: '/usr/bin/postgres' })), known(undefined)])
      assert.deepEqual(offered(nextTwice({ otherServer })), ['Show Terminal', 'Open Configuration']);
  });

  it('is shown, and not ended, when it is a service', () => {
    const given = nextTwice({
      otherServer: known(row(99, { command: 'next-server' })),
      others: [neighbour('site', { ...running(healthy), process: { pid: 99, born: 'b' } } as never)],
    });
    assert.equal(offered(given)[0], 'Show the Service');
  });
});

describe('packages of another platform', () => {
  const install = (file: string): string | undefined => {
    const [, lines = []] = otherPlatform[0] ?? [];
    const files = withFiles({ '/shop/package.json': '{ "dependencies": { "vite": "8" } }' }, [
      [`/shop/${file}`, 1],
      ['/shop/node_modules', 2],
    ]);
    return offered(crashedWith(lines, files, { command: 'npm run dev' }))[0];
  };

  it('are installed again by the package manager of the folder', () => {
    assert.equal(install('package-lock.json'), 'Run npm ci');
    assert.equal(install('pnpm-lock.yaml'), 'Run pnpm install --force');
    assert.equal(install('yarn.lock'), 'Run yarn install --force');
    assert.equal(install('README.md'), 'Run npm install --force');
  });

  it('are named', () => {
    const names = otherPlatform.map(([, lines]) => findingsOf(crashedWith(lines))[0]?.short);
    assert.deepEqual(names, [
      'esbuild: other platform',
      'rollup: other platform',
      'Packages of another system',
      'lightningcss: other platform',
      'swc: other platform',
      'Packages of another system',
    ]);
  });
});

describe('the list of allowed hosts', () => {
  const rejected = { kind: 'badStatus', status: 400, expected: '200–399', why: 'host' } as const;
  const first = (files: Readonly<Record<string, string>>): string | undefined => offered(ailing(rejected, withFiles(files)))[0];

  it('is opened at its line, for each server', () => {
    assert.equal(first({ '/shop/shop/settings.py': 'DEBUG = True\n\nALLOWED_HOSTS = []\n' }), 'Open settings.py at Line 3');
    assert.equal(
      first({ '/shop/vite.config.ts': "export default {\n  server: { allowedHosts: ['a'] } };" }),
      'Open vite.config.ts at Line 2',
    );
    assert.equal(
      first({ '/shop/vite.config.js': 'export default {\n\n  server: { port: 1 } };' }),
      'Open vite.config.js at Line 3',
    );
    assert.equal(
      first({ '/shop/webpack.config.js': 'module.exports = {\n devServer: {} };' }),
      'Open webpack.config.js at Line 2',
    );
    assert.equal(
      first({ '/shop/config/environments/development.rb': 'x\n  config.hosts << "a"\n' }),
      'Open development.rb at Line 2',
    );
  });

  it('is not guessed', () => {
    assert.equal(first({ '/shop/package.json': '{ "allowedHosts": 1 }' }), 'Open Configuration');
    assert.equal(allowedHostsIn('/shop/main.py', '# see ALLOWED_HOSTS'), undefined);
  });

  it('of Django is in the module that manage.py names', () => {
    assert.equal(djangoSettings("os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.dev')"), 'shop/settings/dev.py');
    assert.equal(djangoSettings('print(1)'), undefined);
  });
});

describe('migrations of Rails', () => {
  const pending = ['Migrations are pending. To resolve this issue, run:', '', '        bin/rails db:migrate'];
  const first = (platform: Facts['host']['platform']): string | undefined =>
    offered(
      crashedWith(pending, { host: { platform, isRemote: false, inContainer: false } }, { command: 'ruby bin/rails s' }),
    )[0];

  it('are run by Ruby on Windows, which does not start scripts by their first line', () => {
    assert.equal(first('windows'), 'Run ruby bin/rails db:migrate');
    assert.equal(first('linux'), 'Run bin/rails db:migrate');
  });
});
