/** What goes into the .vsix: the bundles and what people read, nothing of how it was made. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { packageArguments } from '../../scripts/package';
import { repositoryRoot } from '../support/repository';
import { npm } from '../support/run';
import { linksIn } from './documents/support/markdown';

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

  it('holds every picture of README', () => {
    const pictures = linksIn(readFileSync(join(repositoryRoot, 'README.md'), 'utf8')).filter(({ kind }) => kind === 'picture');
    assert.ok(pictures.length > 0);
    for (const { target } of pictures) assert.ok(files.includes(target), `${target} is missing among ${files.join(', ')}`);
  });

  it('has links to the repository as soon as package.json names one', () => {
    assert.ok(packageArguments({}).includes('--no-rewrite-relative-links'));
    const repository = { type: 'git', url: 'https://github.com/owner/name' };
    assert.ok(!packageArguments({ repository }).includes('--no-rewrite-relative-links'));
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
