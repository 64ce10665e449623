/** A stop where there are no signals: Ctrl+C is typed into the terminal, and the question of `cmd` is answered. */
import assert from 'node:assert/strict';
import { BatchAnswers } from '../../../../src/app/run/batchAnswers';
import { endTree } from '../../../../src/app/run/endTree';
import { Supervisor } from '../../../../src/app/supervisor';
import type { ProcessRow, Reading } from '../../../../src/core/model/process';
import { known, unavailable } from '../../../../src/core/model/process';
import { FakeClock } from '../../../support/fakes/clock';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const row = (pid: number, ppid: number, command: string): ProcessRow => ({
  pid,
  ppid,
  command,
  born: `b${pid}`,
  state: 'running',
  startedAt: 0,
});

const waiting = [row(10, 1, 'cmd.exe /d /c npm.cmd'), row(11, 10, 'node npm-cli.js'), row(12, 11, 'cmd.exe /d /s /c vite')];
const serving = [...waiting, row(13, 12, 'node vite.js')];

describe('answers to the question of cmd', () => {
  let clock: FakeClock;
  let typed: string[];
  let members: Reading<readonly ProcessRow[]>;
  let partial: string;

  beforeEach(() => {
    clock = new FakeClock();
    typed = [];
    partial = '';
  });

  const begin = (isThere = true): BatchAnswers => {
    const note = (what: string): boolean => {
      typed.push(what);
      return isThere;
    };
    const terminals = { typeControl: () => note('Ctrl+C'), typeAnswer: (_: string, letter: string) => note(letter) };
    const tree = { members: () => Promise.resolve(members) };
    const answers = new BatchAnswers('r', { clock, terminals, tree, partial: () => partial });
    answers.begin();
    return answers;
  };

  it('are its letter where it is seen, and a second Ctrl+C where not', async () => {
    members = known(waiting);
    partial = 'Batchvorgang abbrechen (J/N)? ';
    begin();
    await clock.turn(600);
    assert.deepEqual(typed, []);
    await clock.turn(200);
    assert.deepEqual(typed, ['J']);
    partial = '';
    await clock.turn(700);
    assert.deepEqual(typed, ['J', 'Ctrl+C']);
  });

  it('are not typed while a server ends its work, nor when members cannot be seen', async () => {
    members = known(serving);
    partial = 'Terminate batch job (Y/N)? ';
    begin();
    await clock.turn(1500);
    members = unavailable('The helper has ended.');
    await clock.turn(1500);
    assert.deepEqual(typed, []);
  });

  it('end with the tree, with the terminal, after six of them, and when they are disposed of', async () => {
    members = known([]);
    begin();
    await clock.turn(1000);
    assert.equal(clock.pending, 0);
    members = known(waiting);
    begin(false);
    await clock.turn(60_000);
    assert.equal(typed.length, 1);
    begin();
    await clock.turn(60_000);
    assert.deepEqual([typed.length, clock.pending], [7, 0]);
    begin().dispose();
    await clock.turn(60_000);
    assert.equal(typed.length, 7);
  });
});

describe('a stop on Windows', () => {
  const start = async () => {
    const world = new FakeWorld(serviceSpec('web', { stopSignal: 'SIGTERM' }));
    world.supervisor.dispose();
    world.trees.hasSignals = false;
    const supervisor = new Supervisor(world.store, { ...world.world, stopsByTyping: true });
    supervisor.start('web');
    await world.clock.turn(100);
    return { world, supervisor };
  };

  it('waits its grace period after Ctrl+C was typed', async () => {
    const { world, supervisor } = await start();
    supervisor.restart('web');
    await world.clock.turn(0);
    assert.equal(world.snapshot().reason, 'Waiting for it to exit (Ctrl+C), then restarting…');
    supervisor.stop('web');
    await world.clock.turn(9000);
    assert.deepEqual([world.kind(), world.terminals.typedCtrlC.length], ['stopping', 1]);
    assert.equal(world.snapshot().reason, 'Waiting for it to exit (Ctrl+C)…', 'whatever signal is configured');
    await world.clock.turn(2000);
    assert.equal(world.kind(), 'stopped');
    assert.match(world.snapshot().reason ?? '', /^Did not exit within 10 s of Ctrl\+C and was killed: pid \d+\.$/);
    supervisor.dispose();
  });

  it('waits for nothing when nothing can be asked, because there is no terminal', async () => {
    const { world, supervisor } = await start();
    world.terminals.typeControl = () => false;
    supervisor.stop('web');
    await world.clock.turn(200);
    assert.deepEqual([world.kind(), world.machine.living().length], ['stopped', 0]);
    assert.match(world.snapshot().reason ?? '', /^Killed, because it could not be asked to stop: pid \d+\.$/);
    supervisor.dispose();
  });

  it('waits no longer for children whose leader is gone, and with it what read the terminal', async () => {
    const { world, supervisor } = await start();
    world.machine.spawn('web', world.run());
    supervisor.stop('web');
    await world.clock.turn(200);
    world.machine.end(world.pid());
    await world.clock.turn(1500);
    assert.deepEqual([world.kind(), world.machine.living().length], ['stopped', 0]);
    supervisor.dispose();
  });

  it('of the owner of a port ends it at once', async () => {
    const { world, supervisor } = await start();
    const tree = world.trees.open({ process: world.machine.living()[0]?.identity ?? assert.fail(), marker: 'none' });
    const ended = endTree(tree, { signal: 'SIGTERM', grace: 3000, clock: world.clock });
    await world.clock.turn(0);
    assert.equal((await ended).killed.length, 1);
    tree.dispose();
    supervisor.dispose();
  });
});
