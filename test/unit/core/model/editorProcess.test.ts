/** VS Code's own processes, told apart from what runs in its terminals. */
import assert from 'node:assert/strict';
import { isEditorProcess } from '../../../../src/core/model/editorProcess';

const init = { pid: 1, command: '/sbin/init' };
const shell = { pid: 10, command: '-bash' };
const server = {
  pid: 20,
  command: '/home/me/.vscode-server/cli/server/node /home/me/.vscode-server/out/server-main.js --port 0',
};
const ptyHost = {
  pid: 30,
  command: '/home/me/.vscode-server/node /home/me/.vscode-server/out/bootstrap-fork --type=ptyHost --logsLevel 2',
};
const extensionHost = { pid: 40, command: '/srv/node /srv/out/bootstrap-fork --type=extensionHost --transformURIs' };
const own = [extensionHost, server, shell, init];

const isEditor = (command: string, ...above: readonly { pid: number; command: string }[]): boolean =>
  isEditorProcess([{ pid: 99, command }, ...above], own);

describe('core/model: isEditorProcess', () => {
  for (const command of [
    'node /srv/lib/vscode/out/server-main.js --host 127.0.0.1',
    'C:\\Users\\me\\.vscode-server\\node.exe C:\\Users\\me\\.vscode-server\\out\\server-main.js --port 0',
    '/srv/node /srv/out/bootstrap-fork --type=extensionHost --transformURIs',
    '/srv/node /srv/out/bootstrap-fork --type=ptyHost',
    '/srv/node /srv/out/bootstrap-fork --type=fileWatcher',
    '/Applications/Visual Studio Code.app/Contents/Frameworks/Code Helper (Plugin).app/Contents/MacOS/Code Helper (Plugin) --type=utility',
    '/usr/share/code/code --type=utility --utility-sub-type=node.mojom.NodeService',
    '/usr/share/code/code --type=zygote',
    '"C:\\Program Files\\Microsoft VS Code\\Code.exe" --type=utility --utility-sub-type=node.mojom.NodeService',
    'C:\\Users\\me\\AppData\\Local\\Programs\\cursor\\Cursor.exe --type=renderer',
    '/usr/share/code/code',
    '/Applications/Cursor.app/Contents/MacOS/Cursor',
  ]) {
    it(`recognizes ${command}`, () => assert.equal(isEditor(command, init), true));
  }

  for (const command of [
    'node server.js',
    'python -m uvicorn main:app --reload --port 8000',
    'node /shop/out/server.js',
    '/shop/node_modules/.bin/vite --port 5173',
    'npm run code',
    '/usr/bin/python3 /home/me/code/app.py',
    'node /home/me/projects/code/server.js --type=api',
    'electron . --inspect',
    'postgres: checkpointer',
    '',
  ]) {
    it(`leaves ${command === '' ? 'an unknown command' : command} to the user`, () =>
      assert.equal(isEditor(command, init), false));
  }

  it('recognizes this extension host and everything above it, also a shell', () => {
    for (const process of own) assert.equal(isEditorProcess([process], own), true, process.command);
  });

  it('recognizes other children of the editor, such as one that forwards ports', () => {
    assert.equal(isEditor('/srv/bin/forward --port 3000', server, shell, init), true);
  });

  it('leaves what runs in a task or a terminal to the user', () => {
    assert.equal(isEditor('node server.js', ptyHost, server, shell, init), false);
    assert.equal(isEditor('node server.js', { pid: 31, command: '/bin/zsh' }, ptyHost, server), false);
  });

  it('leaves what an extension or a debugger started to the user', () => {
    assert.equal(isEditor('node server.js', extensionHost, server, shell, init), false);
  });

  it('leaves another child of the shell that started the editor to the user', () => {
    assert.equal(isEditor('python -m http.server', shell, init), false);
    assert.equal(isEditor('nginx: master process', init), false);
  });

  it('takes a process that is not there for none', () => assert.equal(isEditorProcess([], own), false));
});
