// Does in the window of `npm start` what a user would do with five clicks, through commands that everybody has. `npm start` installs it
// into its scratch profile, and nothing else does.
const vscode = require('vscode');

const run = (command, ...args) => vscode.commands.executeCommand(command, ...args);

exports.activate = async ({ workspaceState }) => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  // Once: a reload of the window shows what the product itself keeps.
  if (folder === undefined || workspaceState.get('shown') === true) return;
  await workspaceState.update('shown', true);
  await run('serviceLifecycle.services.focus');
  await servicesAreRead();
  await run('serviceLifecycle.startAll');
  await run('markdown.showPreview', vscode.Uri.joinPath(folder.uri, 'README.md'));
  vscode.window.createTerminal({ name: 'Try it here', cwd: folder.uri }).show(true);
};

async function servicesAreRead() {
  const api = await vscode.extensions.getExtension('service-lifecycle.service-lifecycle').activate();
  if (api.services().length > 0) return;
  await new Promise((resolve) => {
    const subscription = api.onDidChange(() => {
      subscription.dispose();
      resolve();
    });
  });
}
