/** The output of a service is in the window that supervises it; every other one asks that window for it. */
import assert from 'node:assert/strict';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';
import type { FakeWindow } from '../../../support/fakes/windows';

const web = serviceSpec('web');

async function twoWindows() {
  const desktop = new FakeDesktop([web]);
  const first = desktop.open();
  await desktop.clock.turn(50);
  const second = desktop.open();
  await desktop.clock.turn(50);
  first.present.supervisor.start('web');
  await desktop.clock.turn(100);
  const [run = ''] = first.terminals.keys();
  const write = (chunk: string): void => first.present.terminals.emit((listener) => listener.wrote(run, chunk));
  return { desktop, first, second, write };
}

async function outputIn(window: FakeWindow): Promise<readonly string[]> {
  const service = window.present.store.get('web') ?? assert.fail();
  return (await window.present.sharing.output(service)).lines;
}

describe('app: the output of a service in two windows', () => {
  it('is the same in both', async () => {
    const { desktop, first, second, write } = await twoWindows();
    write('one\ntwo\n');
    const shown = outputIn(second);
    await desktop.clock.turn(50);
    assert.deepEqual(
      [await outputIn(first), await shown],
      [
        ['one', 'two'],
        ['one', 'two'],
      ],
    );
  });

  it('has its last lines when it is too long for a message', async () => {
    const { desktop, second, write } = await twoWindows();
    for (let line = 1; line <= 200; line += 1) write(`${line} ${'ß'.repeat(1990)}\n`);
    const shown = outputIn(second);
    await desktop.clock.turn(50);
    const lines = await shown;
    assert.ok(JSON.stringify(lines).length < 200_000 && lines.length > 50, String(lines.length));
    assert.match(lines.at(-1) ?? '', /^200 /);
  });

  it('is empty when the window that has it goes before it replies', async () => {
    const { desktop, first, second, write } = await twoWindows();
    write('one\n');
    desktop.network.delay = 500;
    const shown = outputIn(second);
    first.kill();
    await desktop.clock.turn(1000);
    assert.deepEqual(await shown, []);
  });
});
