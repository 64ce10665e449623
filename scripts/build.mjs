// Bundles the extension into dist: `node scripts/build.mjs [--minify] [--watch]`.
// Without --minify the bundles have source maps, for the debugger.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { rewriteInAscii } from './ascii.mjs';
import { placeKoffi } from './koffi.mjs';
import { writeNotices } from './notices.mjs';

const { values } = parseArgs({ options: { minify: { type: 'boolean' }, watch: { type: 'boolean' } } });

const { version } = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', 'package.json'), 'utf8'));

const options = {
  absWorkingDir: join(dirname(fileURLToPath(import.meta.url)), '..'),
  entryPoints: [
    { in: 'src/extension.ts', out: 'extension' },
    { in: 'src/composition/deferred.ts', out: 'composition/deferred' },
    { in: 'src/composition/agents.ts', out: 'composition/agents' },
    { in: 'src/composition/containers.ts', out: 'composition/containers' },
    { in: 'src/composition/chosenPorts.ts', out: 'composition/chosenPorts' },
    { in: 'src/svc/main.ts', out: 'svc/svc' },
    { in: 'src/svc/mcp.ts', out: 'svc/mcp' },
    { in: 'src/composition/webviews.ts', out: 'composition/webviews' },
    { in: 'src/composition/discovery.ts', out: 'composition/discovery' },
    { in: 'src/composition/discoveryWorker.ts', out: 'composition/discoveryWorker' },
    { in: 'src/os/probes/axios.ts', out: 'axios' },
    { in: 'src/os/windows/helper/main.ts', out: 'windows/helper' },
    { in: 'src/os/windows/powerShellSource.ts', out: 'powerShellSource' },
    { in: 'src/os/launch/windowsCommand.ts', out: 'windowsCommand' },
    { in: 'src/os/compose/follower/main.ts', out: 'compose/follower' },
  ],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  define: { svcVersion: JSON.stringify(version) },
  // All but the first are bundles of their own, which the extension, or svc, loads when they are needed.
  external: [
    'vscode',
    './composition/deferred',
    './composition/agents',
    './composition/containers',
    './composition/chosenPorts',
    './composition/webviews',
    './discovery',
    './discoveryWorker',
    './axios',
    './powerShellSource',
    './windowsCommand',
    './mcp',
  ],
  // 160 KB that axios needs only to send forms.
  alias: { 'form-data': './src/os/probes/nodeFormData.ts' },
  // import() of a bundle becomes require(): the extension host of a packaged extension loads CommonJS only.
  supported: { 'dynamic-import': false },
  // jsonc-parser's "main" is a UMD module, which esbuild cannot bundle; its "module" is not.
  mainFields: ['module', 'main'],
  minify: values.minify,
  sourcemap: !values.minify,
  plugins: [{ name: 'one vscode', setup: oneVscode }],
};

/** The pages, which run in a browser: each with all that it needs. */
const pages = {
  absWorkingDir: options.absWorkingDir,
  entryPoints: [
    { in: 'src/webview/log.tsx', out: 'log' },
    { in: 'src/webview/dashboard.tsx', out: 'dashboard' },
  ],
  outdir: 'dist/webview',
  bundle: true,
  platform: 'browser',
  format: 'iife',
  // Electron of the oldest VS Code that is supported has Chromium 138.
  target: 'chrome130',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: values.minify,
  sourcemap: values.minify ? false : 'inline',
  plugins: [],
};

placeKoffi(join(options.absWorkingDir, options.outdir, 'windows'));

if (values.watch) {
  // The pages, which are small, are built in between; only the bundles of the extension report when a build begins and ends.
  for (const [each, setup] of [
    [pages, reportProblems],
    [options, report],
  ]) {
    const watching = await context({ ...each, logLevel: 'silent', plugins: [...each.plugins, { name: 'report', setup }] });
    await watching.watch();
  }
} else {
  const built = [];
  // esbuild has printed the errors itself.
  for (const each of [options, pages])
    await build({ ...each, logLevel: 'info', metafile: true }).then(
      ({ metafile }) => built.push(metafile),
      () => (process.exitCode = 1),
    );
  if (built.length === 2) {
    writeNotices(join(options.absWorkingDir, 'dist', 'ThirdPartyNotices.txt'), options.absWorkingDir, built);
    // The columns of source maps are those of esbuild's output.
    if (values.minify) rewriteInAscii(Object.keys(built[0].outputs).map((file) => join(options.absWorkingDir, file)));
  }
}

/** One copy of VS Code's API per bundle. esbuild copies the members of a CommonJS module, hundreds here, for each file that imports it. */
function oneVscode({ onResolve, onLoad }) {
  const namespace = 'one-vscode';
  onResolve({ filter: /^vscode$/ }, ({ importer }) =>
    importer === `${namespace}:vscode` || importer === 'vscode'
      ? { path: 'vscode', external: true }
      : { path: 'vscode', namespace },
  );
  onLoad({ filter: /.*/, namespace }, () => ({ contents: "export * from 'vscode';" }));
}

/** One line per problem, between a first and a last line: what the problem matcher in .vscode/tasks.json reads. */
function report(build) {
  build.onStart(() => console.log('[watch] build started'));
  reportProblems(build);
  build.onEnd(() => console.log('[watch] build finished'));
}

function reportProblems({ onEnd }) {
  onEnd(({ errors, warnings }) => {
    for (const error of errors) console.log(problem('error', error));
    for (const warning of warnings) console.log(problem('warning', warning));
  });
}

function problem(severity, { text, location }) {
  // esbuild counts columns from 0.
  return location === null
    ? `${severity}: ${text}`
    : `${location.file}:${location.line}:${location.column + 1}: ${severity}: ${text}`;
}
