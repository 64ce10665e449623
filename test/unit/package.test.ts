/** What goes into the .vsix: the bundles and what people read, nothing of how it was made. */
import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles, PackageManager } from '@vscode/vsce';
import { packageArguments } from '../../scripts/package';
import { contributedCommandIds } from '../../src/core/model/commandIds';
import { repositoryRoot } from '../support/repository';
import { run } from '../support/run';
import { makeScratch, removeScratch } from '../support/scratch';
import { linksIn } from './documents/support/markdown';

const allowed = [
  /^dist\/(extension|axios|powerShellSource|windowsCommand|compose\/follower|composition\/(agents|chosenPorts|containers|deferred|discovery|discoveryWorker|webviews)|svc\/(svc|mcp))\.js$/,
  /^dist\/ThirdPartyNotices\.txt$/,
  /^dist\/webview\/(log|dashboard)\.(js|css)$/,
  /^dist\/windows\/(helper\.js|koffi-win32-(x64|arm64)\.node|koffi-LICENSE\.txt)$/,
  /^l10n\/bundle\.l10n\.[a-z-]+\.json$/,
  /^package\.nls(\.[a-z-]+)?\.json$/,
  /^media\/[\w./-]+\.(svg|png|json|md|css|js)$/,
  /^media\/python\/sitecustomize\.py$/,
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
];

interface Ascii {
  inAscii(text: string): string;
}

describe('the package', function () {
  this.timeout(120_000);

  let files: readonly string[];

  before(async () => {
    // A fresh clone has no bundles yet. Those for the debugger come first, as they leave source maps behind.
    await build();
    assert.ok(existsSync(join(repositoryRoot, 'dist', 'extension.js.map')));
    await build('--minify');
    files = await packaged();
  });

  it('holds nothing but the bundles, media and the texts for people', () => {
    assert.deepEqual(
      files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
  });

  it('has a bundle for everything that a bundle loads, and axios in one that activation does not load', () => {
    const bundles = files.filter((file) => file.startsWith('dist/') && file.endsWith('.js'));
    for (const file of bundles) {
      const text = readFileSync(join(repositoryRoot, file), 'utf8');
      const loaded = [...text.matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(([, path]) => join(dirname(file), `${path ?? ''}.js`));
      for (const path of loaded) assert.ok(files.includes(path), `${file} loads ${path}, which is missing`);
      assert.equal(text.includes('AxiosError'), file === 'dist/axios.js', file);
    }
  });

  it('has bundles in ASCII, of which V8 keeps one byte for each character', () => {
    const bundles = files.filter((file) => /^dist\/(?!webview).*\.js$/.test(file));
    assert.ok(bundles.length > 10, String(bundles.length));
    for (const file of bundles) assert.equal(isAscii(readFileSync(join(repositoryRoot, file))), true, file);
  });

  it('has expressions that match the same in ASCII', async () => {
    const { inAscii } = (await import(pathToFileURL(join(repositoryRoot, 'scripts', 'ascii.mjs')).href)) as Ascii;
    for (const [source, flags, text] of [
      ['^[✘é]x$', '', '✘x'],
      ['^[✘😀]$', 'u', '😀'],
      ['^コマンド\\s', '', 'コマンド '],
    ] as const) {
      assert.ok(new RegExp(source, flags).test(text), source);
      const escaped = inAscii(source);
      assert.equal(isAscii(Buffer.from(escaped)), true, escaped);
      assert.ok(new RegExp(escaped, flags).test(text), escaped);
      assert.equal(new RegExp(escaped, flags).test('?'), false, escaped);
    }
  });

  it('has pages of at most 200 KB each, which no bundle of the extension holds', () => {
    const pages = files.filter((file) => /^dist\/webview\/.*\.js$/.test(file));
    assert.ok(pages.length > 0);
    for (const file of pages) {
      const bytes = readFileSync(join(repositoryRoot, file)).length;
      assert.ok(bytes <= 200 * 1024, `${file}: ${bytes}`);
    }
    const marks = (file: string): boolean => readFileSync(join(repositoryRoot, file), 'utf8').includes('acquireVsCodeApi');
    assert.deepEqual(
      files.filter((file) => /^dist\/.*\.js$/.test(file) && marks(file)),
      pages,
    );
  });

  it('loads the builds for Windows in the helper process only, and holds no more than 3 MB of them', () => {
    const builds = files.filter((file) => file.endsWith('.node'));
    const bytes = builds.reduce((sum, file) => sum + readFileSync(join(repositoryRoot, file)).length, 0);
    assert.ok(bytes > 2_000_000 && bytes < 3_000_000, String(bytes));
    for (const file of files.filter((each) => /^dist\/.*\.js$/.test(each)))
      assert.equal(
        readFileSync(join(repositoryRoot, file), 'utf8').includes('koffi-win32-'),
        file === 'dist/windows/helper.js',
        file,
      );
  });

  it('holds every picture of README', () => {
    const pictures = linksIn(readFileSync(join(repositoryRoot, 'README.md'), 'utf8')).filter(({ kind }) => kind === 'picture');
    assert.ok(pictures.length > 0);
    for (const { target } of pictures) assert.ok(files.includes(target), `${target} is missing among ${files.join(', ')}`);
  });

  it('has links to the repository as soon as package.json names one', () => {
    assert.ok(packageArguments({}, 'x.vsix').includes('--no-rewrite-relative-links'));
    const repository = { type: 'git', url: 'https://github.com/owner/name' };
    assert.ok(!packageArguments({ repository }, 'x.vsix').includes('--no-rewrite-relative-links'));
  });

  it('asks VS Code for no search through the workspace: a file with a name is looked up, a pattern is searched for', () => {
    const { activationEvents } = manifest();
    assert.ok(activationEvents.includes('workspaceContains:package.json'));
    assert.deepEqual(
      activationEvents.filter((event) => /[*?{[]/.test(event)),
      [],
    );
  });

  it('contributes exactly the commands of the list of ids, and refers to no other', () => {
    const text = readFileSync(join(repositoryRoot, 'package.json'), 'utf8');
    const { contributes } = JSON.parse(text) as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).toSorted(),
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

  it('holds the license of each package whose code it contains', () => {
    const notices = readFileSync(join(repositoryRoot, 'dist', 'ThirdPartyNotices.txt'), 'utf8').split(/^-{80}$/m);
    for (const name of ['axios', 'preact', 'uplot', '@tanstack/virtual-core', 'zod', 'yaml']) {
      const notice = notices.find((each) => each.trim().startsWith(`${name} `));
      assert.match(notice ?? '', /Permission (?:to use|is hereby granted)/, name);
    }
    for (const notice of notices.slice(1)) assert.ok(notice.trim().split('\n').length > 5, notice);
  });

  it('holds what VS Code and its marketplace show', () => {
    for (const needed of [
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'media/icon.png',
      'media/python/sitecustomize.py',
      'dist/extension.js',
      'dist/axios.js',
      'dist/powerShellSource.js',
      'dist/windowsCommand.js',
      'dist/compose/follower.js',
      'dist/windows/helper.js',
      'dist/windows/koffi-win32-x64.node',
      'dist/windows/koffi-win32-arm64.node',
      'dist/windows/koffi-LICENSE.txt',
      'dist/ThirdPartyNotices.txt',
      'dist/composition/chosenPorts.js',
      'dist/composition/deferred.js',
      'dist/composition/discovery.js',
      'dist/composition/discoveryWorker.js',
      'dist/composition/webviews.js',
      'dist/webview/log.js',
      'dist/webview/log.css',
      'dist/webview/dashboard.js',
      'dist/webview/dashboard.css',
    ]) {
      assert.ok(files.includes(needed), `${needed} is missing among ${files.join(', ')}`);
    }
  });
});

describe('npm run package', function () {
  this.timeout(120_000);

  it('works with package.json as it is', () => packageWith({}));

  it('works with the lines for the first release in CONTRIBUTING', async () => {
    const [, lines] =
      /^ *```json\n( *"repository"[^`]*)```/m.exec(readFileSync(join(repositoryRoot, 'CONTRIBUTING.md'), 'utf8')) ?? [];
    const added: unknown = JSON.parse(`{${(lines ?? '').trim().replace(/,$/, '')}}`);
    assert.ok(typeof added === 'object' && added !== null);
    assert.deepEqual(Object.keys(added), ['repository', 'bugs', 'homepage']);
    await packageWith(added);
  });

  /** In a copy of what is packaged. The bundles are empty there, as vsce needs seconds to search them for secrets. */
  async function packageWith(added: object): Promise<void> {
    const folder = await makeScratch('package');
    try {
      for (const file of [...(await packaged()), '.vscodeignore']) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        if (file.startsWith('dist/')) await writeFile(join(folder, file), '');
        else await cp(join(repositoryRoot, file), join(folder, file));
      }
      const contents = { ...manifest(), ...added, scripts: {} };
      await writeFile(join(folder, 'package.json'), JSON.stringify(contents));
      const vsce = join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
      const vsix = join(folder, 'service-lifecycle.vsix');
      const args = [vsce, ...packageArguments(contents, vsix)];
      const { code, output } = await run(process.execPath, args, { cwd: folder, output: 'keep' });
      assert.equal(code, 0, output);
      assert.doesNotMatch(output, /WARNING|ERROR/);
      assert.ok(existsSync(vsix), output);
    } finally {
      await removeScratch(folder);
    }
  }
});

function manifest(): { readonly activationEvents: readonly string[] } {
  return JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as ReturnType<typeof manifest>;
}

async function packaged(): Promise<readonly string[]> {
  const files = await listFiles({ cwd: repositoryRoot, packageManager: PackageManager.None });
  return files.map((file) => file.replaceAll('\\', '/'));
}

async function build(...flags: readonly string[]): Promise<void> {
  const { code, output } = await run(process.execPath, ['scripts/build.mjs', ...flags], { cwd: repositoryRoot, output: 'keep' });
  assert.equal(code, 0, output);
}
