/** The extension in VS Code's extension host: it activates and provides what the contract promises. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ServiceLifecycleApi } from '../../src/host/api/api';

describe('activation', () => {
  it('returns version 1 of the API, without services for an empty configuration', async () => {
    const extension = vscode.extensions.getExtension<ServiceLifecycleApi>('service-lifecycle.service-lifecycle');
    assert.ok(extension, 'the extension is installed');
    const api = await extension.activate();
    assert.equal(api.version, 1);
    assert.deepEqual(api.services(), []);
  });

  it('registers every contributed command', async () => {
    const manifest = vscode.extensions.getExtension('service-lifecycle.service-lifecycle')?.packageJSON as Manifest;
    const registered = await vscode.commands.getCommands(true);
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.filter((command) => !registered.includes(command)),
      [],
    );
  });
});

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}
