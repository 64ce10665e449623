/** A look that fails is no end of a process, however it is followed from then on. */
import assert from 'node:assert/strict';
import type { ProcessIdentity, Reading } from '../../../src/core/model/process';
import { isVerified, known, unavailable } from '../../../src/core/model/process';
import { launchedProcess } from '../../../src/host/terminals/launchedProcess';
import { createExitWatch } from '../../../src/os/trees/exitWatch';
import { FakeClock } from '../../support/fakes/clock';

const real = { pid: 40, born: '13440130765995037' };
const late = unavailable('PowerShell was late.');

describe('the process that a terminal has started', () => {
  const launched = async (...answers: readonly Reading<ProcessIdentity | undefined>[]) => {
    const pauses: number[] = [];
    let asked = 0;
    const identify = () => Promise.resolve(answers[asked++] ?? late);
    const process = await launchedProcess(40, { identify }, (ms) => Promise.resolve(pauses.push(ms)));
    return { process, asked, pauses };
  };

  it('is asked for again when it could not be looked at', async () => {
    assert.deepEqual(await launched(late, known(real)), { process: real, asked: 2, pauses: [300] });
  });

  it('is followed without proof where no look succeeds, and is not taken for ended', async () => {
    const { process, asked } = await launched();
    assert.deepEqual([asked, process.pid, isVerified(process)], [3, 40, false]);
    const clock = new FakeClock();
    let exists = true;
    let gone = 0;
    // The system answers now: its start time says nothing about one that was never read.
    const table = {
      list: () => Promise.resolve(known([])),
      cwd: () => Promise.resolve(known('/')),
      identify: () => Promise.resolve(known(real)),
      isAlive: () => exists,
    };
    const watch = createExitWatch(table, clock, () => exists)(process, () => (gone += 1));
    await clock.turn(20_000);
    watch.suspect();
    await clock.turn(10_000);
    assert.equal(gone, 0);
    exists = false;
    await clock.turn(1000);
    assert.equal(gone, 1);
    watch.dispose();
  });

  it('has another identity when it is known to have ended', async () => {
    const { process, asked } = await launched(known(undefined));
    assert.deepEqual([asked, process.pid, process.born === real.born], [1, 40, false]);
  });
});
