/** What a request in one window brings is asked and reported there, and once. */
import assert from 'node:assert/strict';
import { SharedTerminals } from '../../../../src/app/sharing/sharedTerminals';
import type { Launches } from '../../../../src/app/sharing/sharedTerminals';
import type { Connection } from '../../../../src/app/sharing/ports';
import { FakeClock } from '../../../support/fakes/clock';
import { FakeMachine } from '../../../support/fakes/machine';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeTerminals } from '../../../support/fakes/terminals';
import { FakeDesktop } from '../../../support/fakes/windows';

const web = serviceSpec('web');
const owner = { process: { pid: 4711, born: 'b' }, command: 'other', startedAt: 1, origin: { kind: 'other' } } as const;

async function twoWindows() {
  const desktop = new FakeDesktop([web]);
  const first = desktop.open();
  await desktop.clock.turn(50);
  const second = desktop.open();
  await desktop.clock.turn(50);
  return { desktop, first, second };
}

describe('app: what windows ask and report', () => {
  it('is asked about a port in the window where the start was requested', async () => {
    const { desktop, first, second } = await twoWindows();
    second.present.supervisor.start('web');
    await desktop.clock.turn(5);
    const answer = first.present.sharing.askAboutPort(web, [owner]);
    await desktop.clock.turn(5);
    assert.deepEqual([first.present.questions.length, second.present.questions.length], [0, 1]);
    second.present.questions[0]?.answer('stop');
    await desktop.clock.turn(5);
    assert.equal(await answer, 'stop');
  });

  it('stays open when that window goes before it answers: its row asks in every window', async () => {
    const { desktop, first, second } = await twoWindows();
    second.present.supervisor.start('web');
    await desktop.clock.turn(5);
    const answer = first.present.sharing.askAboutPort(web, [owner]);
    await desktop.clock.turn(5);
    second.kill();
    await desktop.clock.turn(5);
    assert.equal(await answer, undefined);
  });

  it('is asked here when the start was requested here', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(5);
    void first.present.sharing.askAboutPort(web, [owner]);
    assert.deepEqual([first.present.questions.length, second.present.questions.length], [1, 0]);
  });

  it('is reported by one window: where it was requested, else by the one that supervises', async () => {
    const { desktop, first, second } = await twoWindows();
    const reporters = (): readonly boolean[] => [first, second].map((window) => window.present.sharing.reports(web));
    assert.deepEqual(reporters(), [true, false]);
    second.present.supervisor.start('web');
    await desktop.clock.turn(100);
    assert.deepEqual(reporters(), [false, true]);
    first.present.supervisor.restart('web');
    await desktop.clock.turn(100);
    assert.deepEqual(reporters(), [true, false]);
  });
});

describe('app: terminals in another window', () => {
  function rig() {
    const clock = new FakeClock();
    const local = new FakeTerminals(new FakeMachine());
    const launches: string[] = [];
    const noted: Launches = {
      begin: (_folder, key, run) => launches.push(`begin ${key} ${run}`),
      over: (_folder, key) => launches.push(`over ${key}`),
      left: () => undefined,
    };
    const terminals = new SharedTerminals(local, clock, noted);
    const heard: string[] = [];
    terminals.listen({
      ended: (run, exitCode) => heard.push(`ended ${run} ${exitCode}`),
      closed: (run) => heard.push(`closed ${run}`),
      found: (run) => heard.push(`found ${run}`),
      lost: (run) => heard.push(`lost ${run}`),
      wrote: (run, chunk) => heard.push(`wrote ${run} ${chunk}`),
    });
    const sent: object[] = [];
    const other: Connection = { send: (message) => sent.push(message), listen: () => undefined, dispose: () => undefined };
    return { clock, local, terminals, heard, sent, other, launches };
  }

  it('is not lost while another window has it, and is lost when that window does not come back', async () => {
    const { clock, local, terminals, heard, other } = rig();
    terminals.reported(other, 'r', { kind: 'found' });
    local.tell.lost('r');
    terminals.left(other);
    await clock.turn(9000);
    assert.ok(terminals.isElsewhere('r'));
    assert.deepEqual(heard, ['found r']);
    await clock.turn(2000);
    assert.deepEqual([heard, terminals.isElsewhere('r')], [['found r', 'lost r'], false]);
  });

  it('is not lost when its window has reloaded', async () => {
    const { clock, terminals, heard, other } = rig();
    terminals.reported(other, 'r', { kind: 'found' });
    terminals.left(other);
    await clock.turn(5000);
    terminals.reported({ ...other }, 'r', { kind: 'found' });
    await clock.turn(60_000);
    assert.deepEqual(heard, ['found r', 'found r']);
  });

  it('brings what it reports to the window that supervises', () => {
    const { terminals, heard, other } = rig();
    terminals.reported(other, 'r', { kind: 'wrote', chunk: 'x' });
    terminals.reported(other, 'r', { kind: 'ended', exitCode: 3, typedInto: false });
    terminals.reported(other, 'r', { kind: 'closed' });
    assert.deepEqual(heard, ['wrote r x', 'ended r 3', 'closed r']);
  });

  it('is typed into by its window', () => {
    const { local, terminals, sent, other } = rig();
    local.typeControl = () => false;
    assert.equal(terminals.typeControl('r', 'C'), false);
    terminals.reported(other, 'r', { kind: 'found' });
    assert.equal(terminals.typeControl('r', 'C'), true);
    local.typeAnswer = () => false;
    assert.equal(terminals.typeAnswer('r', 'J'), true);
    assert.deepEqual(sent, [
      { kind: 'typeControl', run: 'r', control: 'C' },
      { kind: 'typeAnswer', run: 'r', letter: 'J' },
    ]);
  });

  it('notes a launch from before its terminal is asked for until its process is known', async () => {
    const { local, terminals, launches } = rig();
    local.gate.close();
    const launched = terminals.launch({ spec: web, run: 'r', launch: { command: 'x', cwd: '/shop', env: {} }, by: 'user' });
    assert.deepEqual(launches, ['begin web r']);
    local.gate.open();
    await launched;
    assert.deepEqual(launches, ['begin web r', 'over web']);
  });
});
