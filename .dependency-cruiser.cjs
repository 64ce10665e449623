// The import rule of the architecture; ARCHITECTURE.md says why. Type-only imports count as well.
const vscode = '(^|/)node_modules/@types/vscode/|^vscode$';
const layer = (name) => `^src/${name}(/|\\.ts$)`;
const ownAnd = (name, ...others) => [name, ...others].map(layer);

/** A layer may import only what is named: itself, other layers, and paths or packages outside. */
const mayImport = (name, layers, comment) => ({
  name: `${name.replace('/', '-')}-imports`,
  comment,
  severity: 'error',
  from: { path: layer(name) },
  to: { path: '^src/', pathNot: ownAnd(name, ...layers) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A circle has no first part to understand.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere would escape every rule here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    mayImport('core', [], 'core is pure: it imports core only.'),
    mayImport('app', ['core'], 'app knows core and its own ports.'),
    mayImport('os', ['app', 'core'], 'os implements ports of app.'),
    mayImport('messages', ['core'], 'Messages are shown here and nowhere else.'),
    mayImport('host', ['app', 'core', 'messages'], 'host implements ports of app.'),
    mayImport('views', ['app', 'core', 'messages'], 'A view is drawn from a snapshot.'),
    mayImport('discovery', ['app', 'core'], 'A detector reads a folder and proposes.'),
    mayImport('commands', ['app', 'core', 'messages'], 'A command is a thin handler: what it does is in app.'),
    mayImport('webview', ['core'], 'A page runs in a browser: it imports core, and no part of the extension.'),
    mayImport('svc', ['app', 'core', 'os'], 'svc is a program of its own: it calls the extension, and has no part of it.'),
    mayImport('core/model', [], 'What things are stands on nothing.'),
    mayImport('core/wording', ['core/model'], 'Words are below everything that shows them.'),
    mayImport('core/lifecycle', ['core/model', 'core/wording', 'core/output'], 'The reducer knows no view and no feature.'),
    {
      name: 'no-sentences-in-state',
      comment: 'State holds facts; explain turns them into sentences where they are shown.',
      severity: 'error',
      from: { path: '^src/core/lifecycle/' },
      to: { path: '^src/core/wording/explain' },
    },
    {
      name: 'no-views-inside',
      comment: 'Views are drawn from a snapshot: what decides does not know them.',
      severity: 'error',
      from: { path: '^src/(app|core/(model|wording|output|lifecycle|snapshot))/' },
      to: { path: '^src/core/views/' },
    },
    {
      name: 'composition-root',
      comment: 'extension.ts and composition/ import all, nobody imports them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(extension\\.ts$|composition/)' },
      to: { path: '^src/([^/]+$|composition/)' },
    },
    {
      name: 'webview-alone',
      comment: 'A page is a bundle of its own, which nothing else loads.',
      severity: 'error',
      from: { path: '^(src|test|scripts)/', pathNot: '^src/webview/' },
      to: { path: '^src/webview/' },
    },
    {
      name: 'no-vscode-inside',
      comment: 'core, app and os run and are tested without VS Code; a page runs in a browser.',
      severity: 'error',
      from: { path: '^src/(core|app|os|svc|webview)/' },
      to: { path: vscode },
    },
    {
      name: 'no-node-inside',
      comment: 'core and app reach the system through ports only; a page has no Node.',
      severity: 'error',
      from: { path: '^src/(core|app|webview)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-packages-inside',
      comment: 'core and app need no packages, except the parser and the validator of the configuration.',
      severity: 'error',
      from: { path: '^src/(core|app)/', pathNot: '^src/core/(config/|authoring/setValues\\.ts$)' },
      to: { path: '(^|/)node_modules/' },
    },
    {
      name: 'config-packages',
      comment: 'The configuration is read by jsonc-parser and valibot, nothing else.',
      severity: 'error',
      from: { path: '^src/core/(config/|authoring/setValues\\.ts$)' },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(jsonc-parser|valibot)/' },
    },
    {
      name: 'http-in-one-place',
      comment: 'Every request is one of os/probes/request.ts: no proxy, no redirect, no socket left open.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/os/probes/(request|axios)\\.ts$' },
      to: { path: '^https?$|^node:https?$|^undici$|(^|/)node_modules/axios/' },
    },
    {
      name: 'no-tests-in-product',
      comment: 'What is shipped does not know its tests and tools.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
