import assert from 'node:assert/strict';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, commandLine } from '../../support/processes';
import { Cleanup } from '../support/cleanup';
import { freePort, listen, tcpServer } from '../support/servers';
import { setsid, start } from '../support/services';
import { until } from '../support/until';
import { processTable, trees } from './support';

describe('interrupting a tree and its departure', function () {
  this.timeout(20_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('ends a well-behaved service, and tells when its port is free', async () => {
    const port = await freePort();
    const code = `require('node:net').createServer().listen(${port}, () => require('node:fs').writeFileSync('up', ''));
      process.on('SIGINT', () => setTimeout(() => process.exit(0), 100));`;
    const { root, living, folder } = await start({ command: '"$NODE" s.js; true', files: { 's.js': code }, port }, cleanup);
    await until('it listens', () => existsSync(join(folder, 'up')));
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGINT');
    assert.deepEqual(await tree.gone(AbortSignal.timeout(10_000)), { portFree: true, holders: [] });
    assert.deepEqual(living(), []);
  });

  it('wakes a stopped process, so that it can react', async () => {
    const { root, living } = await start({ command: 'exec sleep 1000' }, cleanup);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    process.kill(root.process.pid, 'SIGSTOP');
    await until('it is stopped', async () => {
      const members = await tree.members();
      return members.kind === 'known' && members.value[0]?.state === 'stopped';
    });
    await tree.interrupt('SIGINT');
    await tree.gone(AbortSignal.timeout(5000));
    assert.deepEqual(living(), []);
  });

  it('reaches who is left when the leader is gone', async () => {
    const { root, living } = await start({ command: `${setsid} sleep 1000 & ${setsid} sleep 1001 & sleep 0.3` }, cleanup);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    await until('only the children live', () => living().length === 2 && !processTable.isAlive(root.process));
    await tree.interrupt('SIGTERM');
    await tree.gone(AbortSignal.timeout(5000));
    assert.deepEqual(living(), []);
  });

  it('goes to the foreground group of the terminal, where an interactive shell puts its command', async () => {
    const terminal = `import os, pty, sys
pid, fd = pty.fork()
if pid == 0: os.execvp('bash', ['bash', '--norc', '-i'])
open('pid', 'w').write(str(pid))
os.write(fd, b'sleep 1007\\n')
while True:
    try: os.read(fd, 1000)
    except OSError: break
`;
    const { folder, living, root } = await start({ command: 'exec "$PYTHON" t.py', files: { 't.py': terminal } }, cleanup);
    const sleeps = (): readonly number[] => living().filter((pid) => commandLine(pid) === 'sleep 1007');
    await until('the command runs', () => sleeps().length === 1);
    const shell = await processTable.identify(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    assert.ok(shell.kind === 'known' && shell.value !== undefined);
    const tree = trees.open({ process: shell.value, marker: root.marker });
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGINT');
    await until('the command is gone', () => sleeps().length === 0);
    assert.ok(isAlive(shell.value.pid), 'an interactive shell survives Ctrl+C');
  });

  it('tells who holds the port when a stranger does', async () => {
    const stranger = await listen(
      tcpServer(() => undefined),
      cleanup,
    );
    const { root } = await start({ command: 'exec sleep 1000', port: stranger.port }, cleanup);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGINT');
    const departure = await tree.gone(AbortSignal.timeout(10_000));
    assert.equal(departure.portFree, false);
    assert.deepEqual(
      departure.holders.map(({ pids }) => pids),
      [[process.pid]],
    );
  });

  it('waits as long as somebody lives, and rejects only when aborted', async () => {
    const { root } = await start({ command: `${setsid} sleep 1000 & sleep 0.1` }, cleanup);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    await assert.rejects(tree.gone(AbortSignal.timeout(800)));
    assert.deepEqual((await tree.kill()).left, []);
  });

  it('describes its members with their command lines', async () => {
    const { root, living } = await start({ command: 'sleep 1008; true' }, cleanup);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    await until('it runs', () => living().length === 2);
    const commands = async (): Promise<readonly string[]> => {
      const members = await tree.members();
      return members.kind === 'known' ? members.value.map(({ command }) => command).sort() : [members.why];
    };
    // Between its fork and its exec the child still has the command line of the shell.
    for (let looks = 0; looks < 50 && !(await commands()).includes('sleep 1008'); looks += 1) continue;
    assert.deepEqual(await commands(), ['/bin/sh -c sleep 1008; true', 'sleep 1008']);
  });
});
