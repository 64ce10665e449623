/** What goes into the .vsix: the bundles and what people read, nothing of how it was made. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { contributedCommandIds } from '../../src/core/model/commandIds';
import { repositoryRoot } from '../support/repository';
import { npm } from '../support/run';

const allowed = [
  /^dist\/(extension|composition\/(deferred|discovery))\.js$/,
  /^l10n\/bundle\.l10n\.[a-z-]+\.json$/,
  /^package\.nls(\.[a-z-]+)?\.json$/,
  /^media\/[\w./-]+\.(svg|png|json|md|css|js)$/,
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
];

describe('the package', function () {
  this.timeout(30_000);

  let files: string[];

  before(async () => {
    // A fresh clone has no bundles yet.
    const { code, output } = await npm(['run', '--silent', 'build'], { cwd: repositoryRoot, output: 'keep' });
    assert.equal(code, 0, output);
    files = (await listFiles({ cwd: repositoryRoot, packageManager: PackageManager.None })).map((file) =>
      file.replaceAll('\\', '/'),
    );
  });

  it('holds nothing but the bundles, media and the texts for people', () => {
    assert.deepEqual(
      files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
  });

  it('asks VS Code for no search through the workspace: a file with a name is looked up, a pattern is searched for', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
    const { activationEvents } = manifest as { readonly activationEvents: readonly string[] };
    assert.ok(activationEvents.includes('workspaceContains:package.json'));
    assert.deepEqual(
      activationEvents.filter((event) => /[*?{[]/.test(event)),
      [],
    );
  });

  it('contributes exactly the commands of the list of ids, and refers to no other', () => {
    const text = readFileSync(join(repositoryRoot, 'package.json'), 'utf8');
    const manifest = JSON.parse(text) as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command).toSorted(),
      Object.values(contributedCommandIds).toSorted(),
    );
    const { menus, keybindings } = (JSON.parse(text) as { readonly contributes: Record<string, unknown> }).contributes;
    const withoutConditions = JSON.stringify([menus, keybindings], (key, value: unknown) => (key === 'when' ? '' : value));
    const used = [...withoutConditions.matchAll(/"(serviceLifecycle\.\w+)"/g)].map(([, id]) => id ?? '');
    assert.ok(used.length > 0);
    assert.deepEqual(
      used.filter((id) => !Object.values<string>(contributedCommandIds).includes(id)),
      [],
    );
  });

  it('holds what VS Code and its marketplace show', () => {
    for (const needed of [
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'media/icon.png',
      'dist/extension.js',
      'dist/composition/deferred.js',
      'dist/composition/discovery.js',
    ]) {
      assert.ok(files.includes(needed), `${needed} is missing among ${files.join(', ')}`);
    }
  });
});
