/** Show Logs: the output of several services in one tab. */
import assert from 'node:assert/strict';
import { LogPanel } from '../support/workbench/logPanel';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { stopSessions } from './support/sessions';

const flood = `
let count = 0;
setInterval(() => { for (let at = 0; at < 20; at += 1) console.log('INFO flood ' + (count += 1)); }, 100);
`;

const hostile = `
const fail = () => { throw new Error('kaput <b>bold</b>'); };
const write = (text) => process.stdout.write(text + '\\n');
write('\\u001b[31mred alert\\u001b[0m plain');
write('<script>document.title = "owned"</script><img src=x onerror="document.title=1">');
write('right-to-left \\u202e override');
write('\\u001b[5m'.repeat(3000) + 'bomb');
write('WARNING: see http://localhost:9/docs.');
try { fail(); } catch (error) { write(error.stack); }
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

  it('merges the lines of all services, as text', async () => {
    await panel.waitFor('INFO flood');
    assert.deepEqual(await workbench.editorTitles(), ['Services Log']);
    await workbench.screenshot('logs-all');
    await panel.search.fill('/script|red|U\\+|override|bomb/');
    await panel.waitForCount(/4/);
    await workbench.screenshot('logs-search');
    console.log(await panel.lines());
  });
});
