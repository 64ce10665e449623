/** Shows the logs of two services for a picture: requests, a slow query, a traceback, and a frontend with its own colors. */
import { LogPanel } from '../test/support/workbench/logPanel';
import { Session } from '../test/support/workbench/session';
import type { Workbench } from '../test/support/workbench/workbench';

const backend = String.raw`
const green = (text) => '\u001b[32m' + text + '\u001b[0m';
console.log(green('INFO') + ':     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)');
const traceback = 'Traceback (most recent call last):\n  File "app/main.py", line 31, in read_item\n    return items[item_id]\nKeyError: 4';
let request = 0;
setInterval(() => {
  request += 1;
  if (request > 14) return;
  console.log(green('INFO') + ':     127.0.0.1:50112 - "GET /items/' + request + ' HTTP/1.1" ' + green('200 OK'));
  if (request === 3) console.log('\u001b[33mWARNING\u001b[0m:  slow query (812 ms) in app/database.py:12:3');
  if (request === 6) console.log('\u001b[31mERROR\u001b[0m:    Exception in ASGI application\n' + traceback);
}, 200);
`;

const frontend = String.raw`
console.log('\u001b[32m\u001b[1mVITE\u001b[22m v8.3.8\u001b[39m  ready in \u001b[1m212\u001b[22m ms');
console.log('\n  \u001b[32m\u279c\u001b[39m  \u001b[1mLocal\u001b[22m:   \u001b[36mhttp://localhost:5173/\u001b[39m');
setTimeout(() => console.log('\u001b[36m\u001b[1m[vite]\u001b[22m\u001b[39m hmr update /src/App.tsx'), 900);
setInterval(() => undefined, 60_000);
`;

const services = {
  backend: { role: 'backend', command: ['node', 'backend.js'] },
  frontend: { role: 'frontend', command: ['node', 'frontend.js'] },
};

export async function showLogs(take: (workbench: Workbench) => Promise<void>): Promise<void> {
  const files = { 'backend.js': backend, 'frontend.js': frontend, '.vscode/services.json': { services } };
  const session = await Session.start({ files });
  try {
    const workbench = await session.open();
    const panel = new LogPanel(workbench.page);
    await workbench.services.open();
    await workbench.services.clickTitleAction('Start All');
    await workbench.runCommand('Services: Show Logs');
    await panel.ready();
    await panel.waitFor('/items/14');
    await panel.waitFor('hmr update');
    await take(workbench);
  } finally {
    await session.stop();
  }
}
