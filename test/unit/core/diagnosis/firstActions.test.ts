/** The first action of every finding leads to a place, or a test performs it and sees that it helps. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { codes } from '../../../../src/core/diagnosis/codes';
import type { Code } from '../../../../src/core/diagnosis/codes';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import type { LocalName } from '../../../../src/core/diagnosis/packages/localNames';
import { known } from '../../../../src/core/model/process';
import { repositoryRoot } from '../../../support/repository';
import { gone, refused } from './caseParts';
import { cases } from './cases';
import { ailing, crashedWith, listener, row, withFiles } from './sample';

/** These change nothing that was not shown before. */
const places: ReadonlySet<string> = new Set(['openConfig', 'openFile', 'showTerminal', 'diagnose', 'attachDebugger']);

/** The test that performs the action on its situation, by its file and a part of its title. */
interface Proof {
  readonly file: string;
  readonly title: string;
}
const proof = (file: string, title: string): Proof => ({ file, title });
const endsOwner = proof('test/e2e/fiveCases.test.ts', 'ends it by pid after the user agreed');
const leavesOne = proof('test/e2e/fiveCases.test.ts', 'leaves one that responds after a restart');
const starts = proof('test/e2e/fiveCases.test.ts', 'names the crashed backend when the frontend is diagnosed, and starts it');
const files = 'test/os/firstActions/files.test.ts';
const modules = 'test/os/firstActions/modules.test.ts';
const health = 'test/os/firstActions/health.test.ts';

/** First actions other than places; `typed` is only typed into a terminal, where a test cannot run it. */
const performed: Partial<Record<Code, Readonly<Record<string, Proof | 'typed'>>>> = {
  'not-launched': { copyEnvFile: proof('test/host/setup.test.ts', 'a missing env file with an example next to it') },
  'wrong-checkout': { stopProcess: endsOwner },
  'port-allocated': { runInTerminal: 'typed', stopProcess: endsOwner, freePort: endsOwner },
  'address-in-use': { stopProcess: endsOwner },
  // Starts a service of the system, with sudo.
  'docker-not-running': { runInTerminal: 'typed' },
  'line-endings': { convertLineEndings: proof(files, 'for line-endings converts the script') },
  'not-executable': { runInTerminal: proof(files, 'for not-executable adds the permission') },
  'moved-environment': { changeConfig: proof(files, 'for moved-environment runs the program') },
  'missing-preload': { changeConfig: proof(files, 'for missing-preload removes the option') },
  'runtime-version': {
    changeConfig: proof('test/os/firstActions/runtimes.test.ts', 'starts the service with the version that is installed'),
    runInTerminal: 'typed',
  },
  // Changes a policy of the user.
  'script-policy': { runInTerminal: 'typed' },
  'editor-environment': { changeConfig: proof(files, 'for editor-environment removes the option') },
  'foreign-node-modules': { runInTerminal: proof(files, 'for foreign-node-modules installs the packages again') },
  'already-running': { stopProcess: endsOwner },
  'native-module': { runInTerminal: proof(files, 'for native-module builds it again') },
  'stale-pid-file': { removePidFile: proof(files, 'for stale-pid-file deletes the file') },
  'in-background': { changeConfig: proof('test/os/firstActions/background.test.ts', 'stays in front after the first action') },
  'wrong-folder': { changeConfig: proof(modules, 'adds the folder of the workspace to PYTHONPATH') },
  'missing-dependency': {
    runInTerminal: proof(modules, 'adds what package.json does not list'),
    changeConfig: proof(modules, 'uses the virtual environment that is there'),
  },
  'database-missing': { runInTerminal: proof(files, 'for database-missing creates it') },
  'migrations-pending': { runInTerminal: proof(files, 'for migrations-pending runs them') },
  'dependency-down': { start: starts, runInTerminal: 'typed' },
  'foreign-owner': { stopProcess: endsOwner },
  'several-listeners': { stopProcess: leavesOne },
  'stopped-process': { resumeProcess: proof('test/os/diagnosis/answers.test.ts', 'nothing after SIGCONT') },
  'terminal-blocked': { continueOutput: proof('test/host/heldTerminal.test.ts', 'responds again when its output continues') },
  'wrong-port': {
    setPort: proof('test/os/diagnosis/answers.test.ts', 'the port on which the service is actually listening'),
    changeConfig: proof('test/os/firstActions/ports.test.ts', 'passes the configured one'),
  },
  'compose-port': { setPort: proof('test/os/diagnosis/answers.test.ts', 'the port on which the service is actually listening') },
  'not-http': { changeConfig: proof(health, 'for not-http checks the connection only') },
  'bad-status': { changeConfig: proof(health, 'for bad-status accepts the status') },
  'health-path': { changeConfig: proof(health, 'for health-path uses the path that responds') },
  slow: { changeConfig: proof(health, 'for slow waits longer') },
  hung: { restart: leavesOne },
  'killed-by-command': { restart: proof('test/host/killed.test.ts', 'names the command that ended it, and restarts it') },
  'killed-from-outside': {
    restart: proof('test/host/killed.test.ts', 'is seen when no command explains the end, and restarts it'),
  },
  'second-copy': {
    stopProcess: proof('test/e2e/scriptedAgent.test.ts', 'is named with both pids, and stopped after the user agreed'),
  },
  'close-wait': { restart: leavesOne },
  'old-address': { restart: proof('test/unit/app/chosenPorts.test.ts', 'marks what was started with the old address') },
  'not-running': { start: starts },
  'terminal-lost': {
    restart: proof('test/e2e/staysUp.test.ts', 'are replaced only after the user agreed, when their terminals are lost'),
  },
};

const nameOf = (command: string): string => command.replace('serviceLifecycle.', '');

describe('the first action', () => {
  for (const code of codes) {
    it(`of ${code} leads to a place, or is performed by a test`, () => {
      const found = cases.filter((each) => each.code === code).flatMap(({ sick }) => findingsOf(sick)[0] ?? []);
      assert.ok(found.length > 0);
      for (const { actions } of found) {
        const [action] = actions;
        assert.ok(action, 'no action');
        const name = nameOf(action.command);
        const by = performed[code]?.[name];
        assert.ok(places.has(name) || by !== undefined, `${name} of ${code} is no place, and no test performs it`);
        if (by === undefined || by === 'typed') continue;
        const file = join(repositoryRoot, by.file);
        assert.ok(existsSync(file) && readFileSync(file, 'utf8').includes(by.title), `${by.file} has no test "${by.title}"`);
      }
    });
  }

  it('of no finding starts or restarts a service that would fail in the same way', () => {
    const again = cases.flatMap(({ code, sick }) => {
      const [verdict] = findingsOf(sick);
      const isOwn = verdict?.actions[0]?.arguments?.[0] === sick.spec.id;
      return /\.(?:re)?start$/.test(verdict?.actions[0]?.command ?? '') && isOwn ? [code] : [];
    });
    assert.deepEqual([...new Set(again)].sort(), [
      'close-wait',
      'hung',
      'killed-by-command',
      'killed-from-outside',
      'not-running',
      'old-address',
      'terminal-lost',
    ]);
  });
});

/** Names as a hostile workspace or output may have them. */
const name = fc.oneof(
  fc.constantFrom(
    'store',
    'app',
    'redis',
    '@shop/ui',
    'utils',
    'src',
    'yaml',
    'config',
    '@/lib',
    '$(id)',
    '-r',
    'a;b',
    '..',
    '`x`',
  ),
  fc.stringMatching(/^[a-z@][\w./@-]{0,12}$/),
);
const line = (module: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    `ModuleNotFoundError: No module named '${module}'`,
    `/usr/bin/python3: No module named ${module}`,
    `Error: Cannot find module '${module}'`,
    `Error [ERR_MODULE_NOT_FOUND]: Cannot find package '${module}' imported from /shop/a.js`,
    `Module not found: Error: Can't resolve '${module}' in '/shop/src'`,
    `Failed to resolve import "${module}" from "src/main.ts". Does the file exist?`,
    `Error: Could not import '${module}'.`,
  );
const topOf = (module: string): readonly string[] => [
  module.split('.')[0] ?? '',
  module.startsWith('@') ? module.split('/').slice(0, 2).join('/') : (module.split('/')[0] ?? ''),
];
const manifest = fc.constantFrom('{}', '{ "dependencies": { "express": "1" } }', '{ "workspaces": ["*"] }', 'no JSON');
const typed = (given: Facts): readonly string[] =>
  findingsOf(given).flatMap(({ actions }) =>
    actions.filter(({ command }) => command.endsWith('runInTerminal')).map(({ arguments: args = [] }) => String(args[0])),
  );

describe('actions for hostile input', () => {
  it('never pass a name of the workspace, or what is no name of a package, to pip or npm', () => {
    const given = name.chain((module) =>
      fc.record({
        module: fc.constant(module),
        printed: line(module),
        kind: fc.constantFrom<LocalName['kind']>('module', 'package', 'other'),
        isWhole: fc.boolean(),
        text: manifest,
        command: fc.constantFrom('python3 main.py', 'npm run dev', 'uvicorn app.main:app', 'node server.js'),
      }),
    );
    fc.assert(
      fc.property(given, ({ module, printed, kind, isWhole, text, command }) => {
        const found: LocalName = { path: '/shop/x', root: '/shop', kind, isWhole };
        const localNames = known(new Map(topOf(module).map((top) => [top, [found]])));
        const sick = crashedWith([printed], { localNames, ...withFiles({ '/shop/package.json': text }) }, { command });
        for (const each of typed(sick)) {
          // Only names that the project itself lists, or none.
          assert.match(each, /^[\w./~-]+(?: -m pip)? install(?: -r requirements\.txt)?$/, each);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('contain no words of the output that a shell would run', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), (module) => {
        const sick = crashedWith([`ModuleNotFoundError: No module named '${module}'`, `Error: Cannot find module '${module}'`]);
        for (const each of typed(sick)) assert.match(each, /^[\w@./ -]+$/);
      }),
      { numRuns: 500 },
    );
  });

  it('never write a port of a debugger or a passing port', () => {
    const anyPort = fc.integer({ min: 1024, max: 65_535 });
    fc.assert(
      fc.property(anyPort, anyPort, fc.boolean(), (inspector, real, isSeen) => {
        const ports = [listener({ port: inspector }), listener({ port: real })];
        const command = `node --inspect=127.0.0.1:${inspector} server.js`;
        const sick = ailing(refused, {
          ...gone,
          ownListeners: known(ports),
          members: known([row(4711, { command })]),
          // Another one than the configured port, 8000.
          earlierPorts: new Set(isSeen ? [real === 7999 ? 7998 : 7999] : []),
        });
        const written = findingsOf(sick).flatMap(({ actions }) =>
          actions.filter(({ command: id }) => id.endsWith('setPort')).map(({ arguments: args = [] }) => Number(args[1])),
        );
        assert.ok(!written.includes(inspector), 'the port of the debugger');
        if (real >= 32_768 || isSeen) assert.ok(!written.includes(real), 'a port that passes');
      }),
      { numRuns: 500 },
    );
  });
});
