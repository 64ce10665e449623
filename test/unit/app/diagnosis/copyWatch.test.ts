/** A copy is looked for when a command may have started one, and reported once. */
import assert from 'node:assert/strict';
import { CopyWatch } from '../../../../src/app/diagnosis/copyWatch';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import type { TerminalProcess } from '../../../../src/core/diagnosis/terminalProcesses';
import { known, unavailable } from '../../../../src/core/model/process';
import type { Reading } from '../../../../src/core/model/process';
import type { Service } from '../../../../src/core/lifecycle/state';
import { FakeClock } from '../../../support/fakes/clock';
import { healthy, running, service } from '../../core/views/samples';

const copy: TerminalProcess = {
  ...{ pid: 88, born: 'c', command: 'uvicorn main:app --port 8001', terminal: 'zsh', startedAt: 1, cwd: '/Shop', ports: [8001] },
};
const finding: Finding = {
  ...{ code: 'second-copy', severity: 'warning', short: '', title: 'A second copy', detail: '', evidence: [], actions: [] },
};

describe('app: watch for second copies', () => {
  function rig(
    given: {
      readonly found?: Reading<readonly TerminalProcess[]>;
      readonly services?: readonly Service[];
      readonly findings?: readonly Finding[];
      /** Of the folder. */
      readonly realPath?: string;
    } = {},
  ) {
    const clock = new FakeClock();
    const counts = { looks: 0, diagnoses: 0, reports: 0 };
    const watch = new CopyWatch({
      clock,
      services: () => given.services ?? [service(running(healthy), { command: 'uvicorn main:app --port ${port}' })],
      look: () => {
        counts.looks += 1;
        return Promise.resolve(given.found ?? known([copy]));
      },
      folderOf: () => '/shop',
      files: { realPath: (path) => Promise.resolve(given.realPath ?? path) },
      diagnose: () => {
        counts.diagnoses += 1;
        return Promise.resolve(given.findings ?? [finding]);
      },
      report: () => void (counts.reports += 1),
    });
    const type = (line: string): void => watch.ran({ at: 0, line, terminal: 'zsh' });
    return { clock, counts, watch, type };
  }

  it('looks after a command that resembles a service, and reports a copy once', async () => {
    const { clock, counts, type } = rig();
    type('cd /shop && uvicorn main:app --port 8001');
    await clock.turn(60_000);
    assert.deepEqual(counts, { looks: 3, diagnoses: 1, reports: 1 });
    assert.equal(clock.pending, 0);
  });

  it('finds a copy in a folder that was opened through a link, whose processes the system shows where the link leads to', async () => {
    const found = known([{ ...copy, cwd: '/private/shop' }]);
    for (const [realPath, reports] of [
      ['/private/shop', 1],
      ['/elsewhere', 0],
    ] as const) {
      const { clock, counts, type } = rig({ found, realPath });
      type('uvicorn main:app --port 8001');
      await clock.turn(60_000);
      assert.equal(counts.reports, reports, realPath);
    }
  });

  it('does not look after other commands, and not without running services', async () => {
    const { clock, counts, type } = rig();
    for (const line of ['ls -la', 'git status', 'npm test', '']) type(line);
    await clock.turn(60_000);
    assert.equal(counts.looks, 0);
    const idle = rig({ services: [] });
    idle.type('uvicorn main:app');
    await idle.clock.turn(60_000);
    assert.equal(idle.counts.looks, 0);
  });

  it('diagnoses nothing for a process elsewhere, without a port, or that could not be seen', async () => {
    const elsewhere = known([{ ...copy, cwd: '/other' }]);
    const silent = known([{ ...copy, ports: [] }]);
    for (const found of [elsewhere, silent, known([]), unavailable('')]) {
      const { clock, counts, type } = rig({ found });
      type('uvicorn main:app');
      await clock.turn(60_000);
      assert.deepEqual([counts.diagnoses, counts.reports], [0, 0]);
    }
  });

  it('reports nothing when the diagnosis finds no copy', async () => {
    const { clock, counts, type } = rig({ findings: [] });
    type('uvicorn main:app');
    await clock.turn(60_000);
    assert.deepEqual([counts.diagnoses, counts.reports], [1, 0]);
  });

  it('looks every 15 s while an agent runs in a terminal, and not after it', async () => {
    const { clock, counts, watch, type } = rig();
    type('claude --continue');
    await clock.turn(50_000);
    assert.deepEqual(counts, { looks: 3, diagnoses: 1, reports: 1 });
    watch.ended({ line: 'claude --continue', terminal: 'zsh' });
    await clock.turn(60_000);
    assert.equal(counts.looks, 3);
    assert.equal(clock.pending, 0);
  });

  it('leaves no timer after it is disposed', async () => {
    const { clock, watch, type } = rig();
    type('uvicorn main:app');
    type('claude');
    watch.dispose();
    await clock.turn(60_000);
    assert.equal(clock.pending, 0);
  });
});
