/** Show Logs: the output of several services in one tab. */
import assert from 'node:assert/strict';
import { LogPanel } from '../support/workbench/logPanel';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { itOn } from '../support/systems';
import { configFile } from './support/files';
import { fillDisk, freeDisk } from './support/fullDisk';
import { stopSessions } from './support/sessions';
import { changeTheme, themeNames } from './support/themes';

const flood = `
console.log('long ' + 'x'.repeat(10_000_000));
let count = 0;
setInterval(() => { for (let at = 0; at < 20; at += 1) console.log('INFO flood ' + (count += 1)); }, 100);
`;

/** Begins with what prints the trace, so that its frames name line 1. */
const hostile = `const fail = () => { throw new Error('kaput <b>bold</b>'); };
const write = (text) => process.stdout.write(text + '\\n');
write('\\u001b[31mred alert\\u001b[0m plain');
write('<script>document.title = "owned"</script><img src=x onerror="document.title=1">');
write('right-to-left \\u202e override');
write('\\u001b[33;44m'.repeat(500) + 'bomb');
write('\\u001b[' + '9'.repeat(3000) + 'm' + '\\u001b[2J\\u001b[H\\u001b]0;owned\\u0007\\u001b[?1049h\\u001b[999999999Csecond bomb');
process.stdout.write(Buffer.from([0x72, 0x61, 0x77, 0xff, 0xfe, 0x00, 0x07, 0xc3, 0x28, 0x64, 0x61, 0x74, 0x61, 0x0a]));
write('b'.repeat(100_000));
write('a'.repeat(60) + '!');
write('WARNING: see http://localhost:9/docs. and hostile.js:3:5');
try { fail(); } catch (error) { write(error.stack); }
write('after the trace');
setInterval(() => {}, 1000);
`;

describe('Show Logs', () => {
  let session: Session;
  let workbench: Workbench;
  let panel: LogPanel;

  before(async () => {
    const services = {
      flood: { command: ['node', 'flood.js'] },
      hostile: { command: ['node', 'hostile.js'], cwd: 'app' },
    };
    session = await Session.start({ files: { 'flood.js': flood, 'app/hostile.js': hostile, [configFile]: { services } } });
    workbench = await session.open();
    panel = new LogPanel(workbench.page);
    await workbench.services.open();
    await workbench.services.clickTitleAction('Start All');
    await workbench.runCommand('Services: Show Logs');
    await panel.ready();
  });

  after(stopSessions);

  it('merges the lines of all services, and shows what they print as text only', async () => {
    await panel.waitFor('INFO flood');
    assert.deepEqual(await workbench.editorTitles(), ['Services Log']);
    assert.equal(await panel.title(), 'Services Log');
    await panel.choose('flood', false);
    await panel.waitFor('after the trace');
    const lines = (await panel.lines()).join('\n');
    for (const shown of [
      'red alert plain',
      '</script><img src=x',
      '‹U+202E› override',
      'bomb',
      'second bomb',
      'kaput <b>bold</b>',
    ])
      assert.ok(lines.includes(shown), `${shown} in ${lines}`);
    assert.match(lines, /raw\ufffd\ufffd.*\ufffd\(data/);
    assert.doesNotMatch(lines, /INFO flood/);
    assert.equal(await panel.isolation(), 'isolate');
    assert.equal(await panel.log.locator('img, script, b').count(), 0);
    assert.equal(await panel.title(), 'Services Log');
  });

  it('keeps the box of a service as the user left it, while the lines are read and others come', async () => {
    for (const [service, isChecked] of [
      ['flood', true],
      ['hostile', false],
      ['hostile', true],
      ['flood', false],
    ] as const) {
      const frames = await panel.framesAfterClick(service);
      assert.deepEqual([frames.length > 3, new Set(frames)], [true, new Set([isChecked])], `${service}: ${frames.join(' ')}`);
    }
    await panel.waitFor('after the trace');
  });

  it('has no violation that axe finds, and all of it can be used with the keyboard', async () => {
    assert.deepEqual(await panel.violations(), []);
    await panel.log.focus();
    await workbench.page.keyboard.press('Control+f');
    await workbench.page.keyboard.type('/red|script|bomb/');
    await panel.waitForCount(/^4 matches$/);
    await workbench.page.keyboard.press('Enter');
    await panel.waitForCount(/^1 of 4$/);
    await workbench.page.keyboard.press('Shift+Enter');
    await panel.waitForCount(/^4 of 4$/);
    assert.deepEqual(await panel.violations(), []);
    await workbench.page.keyboard.press('Escape');
    await panel.waitForCount(/^$/);
  });

  it('ends an expression that takes too long, and goes on', async () => {
    await panel.search.fill('/^(a+)+$/');
    await panel.waitForCount(/too long/);
    await panel.search.fill('ALERT');
    await panel.waitForCount(/^1 match$/);
    await panel.search.fill('');
  });

  it('filters by level with the frames of a trace, which can be folded, and opens the file of a frame', async () => {
    await panel.frame.getByRole('combobox', { name: 'Level' }).selectOption('error');
    await until('errors only', async () => !(await panel.lines()).join('\n').includes('after the trace'));
    const frames = async (): Promise<number> => (await panel.lines()).filter((line) => /^\S*\s+at /.test(line)).length;
    assert.ok((await frames()) > 2, (await panel.lines()).join('\n'));
    const fold = panel.log.getByRole('button', { name: /^Stack trace, \d+ lines$/ });
    await fold.click();
    await until('no frame', async () => (await frames()) === 0);
    await fold.click();
    await until('the frames again', async () => (await frames()) > 2);
    await panel.frame.getByRole('combobox', { name: 'Level' }).selectOption('all');
    await panel.log.getByRole('link', { name: 'hostile.js:3:5' }).click();
    await panel.waitForEditor('hostile.js');
    await panel.showTab();
    await panel.waitFor('after the trace');
  });

  it('cuts a line of 10 MB, and draws it wrapped without a pause', async () => {
    await panel.choose('flood', true);
    await panel.search.fill('xxxxxxxxxx');
    await panel.waitForCount(/^1 match$/);
    const wrap = panel.frame.getByRole('checkbox', { name: 'Wrap' });
    await wrap.check();
    const line = panel.log.locator('.line', { hasText: 'xxxxxxxxxx' });
    const characters = (await line.innerText()).length;
    assert.ok(characters > 1900 && characters < 2100, String(characters));
    assert.ok((await panel.frameTime()) < 500, 'two frames in less than 500 ms');
    await wrap.uncheck();
    await panel.search.fill('');
  });

  it('follows the latest line, until the user scrolls up', async () => {
    await panel.follow.check();
    await panel.waitFor('INFO flood');
    await panel.log.hover();
    await until(
      'a pause',
      async () => {
        await workbench.page.mouse.wheel(0, -200);
        return !(await panel.follow.isChecked());
      },
      60_000,
    );
    const [before] = await panel.lines();
    await panel.follow.check();
    await until('later lines', async () => (await panel.lines())[0] !== before, 30_000);
  });

  it('copies the lines that are shown, opens them as text, and restarts a service in place', async () => {
    await panel.search.fill('red alert');
    await panel.waitForCount(/^1 match$/);
    await panel.frame.getByRole('button', { name: 'Open as Text' }).click();
    await panel.waitForEditor('Services.log');
    await until('its line', async () => (await workbench.editorText()).includes(' hostile | red alert plain'), 30_000);
    await panel.showTab();
    await panel.waitForCount(/^1 match$/);
    await panel.frame.getByRole('button', { name: 'Copy' }).click();
    await panel.frame.getByRole('button', { name: 'Restart hostile' }).click();
    await panel.waitForCount(/^2 matches$/);
    await panel.frame.getByRole('combobox', { name: 'Runs' }).selectOption('previous');
    await panel.waitForCount(/^1 match$/);
    await panel.frame.getByRole('combobox', { name: 'Runs' }).selectOption('all');
    await panel.search.press('ControlOrMeta+a');
    await panel.search.press('ControlOrMeta+v');
    await panel.waitForCount(/No matches/);
    assert.match(await panel.search.inputValue(), / hostile \| red alert plain/);
  });

  it('keeps the tab, its search, the lines of earlier runs, and what was cleared over a reload', async () => {
    await panel.search.fill('red alert');
    await panel.waitForCount(/^2 matches$/);
    await workbench.reload();
    await panel.ready();
    await panel.waitForCount(/^2 matches$/);
    assert.equal(await panel.search.inputValue(), 'red alert');
    await panel.frame.getByRole('button', { name: 'Clear' }).click();
    await panel.waitForCount(/^No matches$/);
    await workbench.reload();
    await panel.ready();
    await panel.waitForCount(/^No matches$/);
    await panel.frame.getByRole('button', { name: 'Show Earlier Lines' }).click();
    await panel.waitForCount(/^2 matches$/);
  });

  it('has no violation that axe finds in any kind of theme, and nothing cut off in a narrow window', async () => {
    const found: string[] = [];
    const look = async (when: string): Promise<void> => {
      await panel.log.locator('.line').first().hover();
      const seen = [...(await panel.violations()), ...(await panel.cutOff())];
      found.push(...seen.map((violation) => `${when}: ${violation}`));
    };
    for (const theme of themeNames) {
      await changeTheme(session, workbench, theme, panel.frame);
      await look(theme);
    }
    const { width, height } = workbench.page.viewportSize() ?? assert.fail('The window has a size.');
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.page.setViewportSize({ width: 448, height });
    await look('400 px');
    await workbench.page.setViewportSize({ width, height });
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    assert.deepEqual(found, []);
  });

  // The limit of a process takes the place of a disk: no privileges are needed for it.
  itOn(['linux'], 'goes on with a full disk, which is reported once', async () => {
    fillDisk(session);
    try {
      await workbench.notifications.waitFor(/^Logs cannot be written to disk: .*The services go on/, 60_000);
      await panel.search.fill('red alert');
      const before = await panel.waitForCount(/^\d+ matches$/);
      await panel.frame.getByRole('button', { name: 'Restart hostile' }).click();
      await panel.waitForCount(new RegExp(`^${Number.parseInt(before, 10) + 1} matches$`));
      await panel.search.fill('');
      await panel.follow.check();
      const last = (await panel.lines()).at(-1);
      await until('later lines', async () => (await panel.lines()).at(-1) !== last, 30_000);
      const states = (await workbench.services.rows()).map(({ state }) => state.split(/[ ,.]/)[0]);
      assert.deepEqual(states, ['Running', 'Running']);
      assert.equal((await workbench.notifications.messages()).length, 1);
    } finally {
      freeDisk(session);
    }
  });
});
