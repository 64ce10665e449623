/** The import rule of the architecture refuses what it should: forbidden imports are planted and seen refused. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import { run } from '../support/run';
import { makeScratch, removeScratch } from '../support/scratch';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
  };
}

/** Where, what, and the rule that refuses it. */
const forbidden: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['src/core/usesApp.ts', "export { value } from '../app/allowed';", 'core-imports'],
  ['src/core/typeOnly.ts', "import type { value } from '../os/allowed';\nexport type T = typeof value;", 'core-imports'],
  ['src/core/usesVscode.ts', "import * as vscode from 'vscode';\nexport const value = vscode.version;", 'no-vscode-inside'],
  ['src/core/usesVscodeTypes.ts', "import type { Uri } from 'vscode';\nexport type T = Uri;", 'no-vscode-inside'],
  ['src/core/usesNode.ts', "export { join } from 'node:path';", 'no-node-inside'],
  ['src/core/usesNodeTypes.ts', "import type { Stats } from 'node:fs';\nexport type T = Stats;", 'no-node-inside'],
  ['src/core/usesPackage.ts', "export { default } from 'dotenv';", 'no-packages-inside'],
  ['src/core/config/usesPackage.ts', "export { default } from 'dotenv';", 'config-packages'],
  ['src/app/usesOs.ts', "export { value } from '../os/allowed';", 'app-imports'],
  ['src/app/usesNode.ts', "export { join } from 'path';", 'no-node-inside'],
  ['src/app/usesVscode.ts', "import type { Uri } from 'vscode';\nexport type T = Uri;", 'no-vscode-inside'],
  ['src/os/usesHost.ts', "export { value } from '../host/allowed';", 'os-imports'],
  ['src/os/usesVscode.ts', "import type { Uri } from 'vscode';\nexport type T = Uri;", 'no-vscode-inside'],
  ['src/os/usesHttp.ts', "export { request } from 'node:https';", 'http-in-one-place'],
  ['src/host/usesAxios.ts', "export { default } from 'axios';", 'http-in-one-place'],
  ['src/host/usesOs.ts', "export { value } from '../os/allowed';", 'host-imports'],
  ['src/messages/usesApp.ts', "export { value } from '../app/allowed';", 'messages-imports'],
  ['src/views/usesHost.ts', "export { value } from '../host/allowed';", 'views-imports'],
  ['src/discovery/usesOs.ts', "export { value } from '../os/allowed';", 'discovery-imports'],
  ['src/commands/usesHost.ts', "export { value } from '../host/allowed';", 'commands-imports'],
  ['src/webview/usesApp.ts', "export { value } from '../app/allowed';", 'webview-imports'],
  ['src/webview/usesTypes.ts', "import type { value } from '../host/allowed';\nexport type T = typeof value;", 'webview-imports'],
  ['src/webview/usesVscode.tsx', "import * as vscode from 'vscode';\nexport const value = vscode.version;", 'no-vscode-inside'],
  ['src/webview/usesNode.ts', "export { join } from 'node:path';", 'no-node-inside'],
  ['src/host/usesPage.ts', "export { value } from '../webview/allowed';", 'webview-alone'],
  ['src/composition/usesPage.ts', "export { value } from '../webview/allowed';", 'webview-alone'],
  ['src/core/model/usesWording.ts', "export { value } from '../wording/allowed';", 'core-model-imports'],
  ['src/core/wording/usesLifecycle.ts', "export { value } from '../lifecycle/allowed';", 'core-wording-imports'],
  ['src/core/lifecycle/usesViews.ts', "export { value } from '../views/allowed';", 'core-lifecycle-imports'],
  [
    'src/core/lifecycle/usesViewTypes.ts',
    "import type { value } from '../views/allowed';\nexport type T = typeof value;",
    'no-views-inside',
  ],
  ['src/app/usesViews.ts', "export { value } from '../core/views/allowed';", 'no-views-inside'],
  ['src/app/usesRoot.ts', "export { value } from '../extension';", 'composition-root'],
  ['src/app/usesTest.ts', "export { value } from '../../test/allowed';", 'no-tests-in-product'],
  ['src/app/usesScript.ts', "export { value } from '../../scripts/allowed';", 'no-tests-in-product'],
  ['src/app/circleA.ts', "import type { B } from './circleB';\nexport type A = B;", 'no-cycles'],
  ['src/core/usesNothing.ts', "export { value } from './missing';", 'no-unresolved'],
];

/** The other half of the circle, which is reported once. */
const circle: readonly (readonly [file: string, text: string])[] = [
  ['src/app/circleB.ts', "import type { A } from './circleA';\nexport type B = A;"],
];

const allowed: Readonly<Record<string, string>> = {
  'src/core/allowed.ts': 'export const value = 1;',
  'src/core/config/allowed.ts':
    "import { parse } from 'jsonc-parser';\nimport { string } from 'valibot';\nexport const value = [parse, string];",
  'src/app/allowed.ts': "export { value } from '../core/allowed';",
  'src/os/allowed.ts':
    "import { join } from 'node:path';\nexport { value } from '../app/allowed';\nexport const path = join('a');",
  'src/host/allowed.ts':
    "import * as vscode from 'vscode';\nexport { value } from '../app/allowed';\nexport const v = vscode.version;",
  'src/webview/allowed.tsx':
    "import { render } from 'preact';\nexport { value } from '../core/allowed';\nexport const r = render;",
  'src/commands/allowed.ts': "export { value } from '../messages/allowed';",
  'src/messages/allowed.ts':
    "import * as vscode from 'vscode';\nexport { value } from '../core/allowed';\nexport const v = vscode.version;",
  'src/core/views/allowed.ts': 'export const value = 1;',
  'src/core/model/allowed.ts': 'export const value = 1;',
  'src/core/wording/allowed.ts': "export { value } from '../model/allowed';",
  'src/core/lifecycle/allowed.ts': "export { value } from '../wording/allowed';",
  'src/extension.ts': "export { value } from './os/allowed';\nexport { v } from './host/allowed';",
  'test/allowed.ts': "export { value } from '../src/core/allowed';",
  'scripts/allowed.ts': "export { value } from '../src/core/allowed';",
};

describe('the import rule', function () {
  this.timeout(60_000);

  let scratch: string;
  let planted: Cruise;

  before(async () => {
    scratch = await makeScratch('imports');
    for (const [file, text] of [...Object.entries(allowed), ...forbidden, ...circle]) await plant(scratch, file, text);
    await copyFile(join(repositoryRoot, 'tsconfig.json'), join(scratch, 'tsconfig.json'));
    await symlink(join(repositoryRoot, 'node_modules'), join(scratch, 'node_modules'), 'junction');
    planted = await cruise(scratch);
  });

  after(() => removeScratch(scratch));

  for (const [file, text, rule] of forbidden) {
    it(`refuses ${text.split('\n')[0] ?? ''} in ${file}`, () => {
      const refusals = planted.summary.violations.filter((violation) => violation.from === file);
      const rules = refusals.map((refusal) => refusal.rule.name);
      assert.ok(rules.includes(rule), `refused by ${rules.join(', ') || 'nothing'}`);
    });
  }

  it('lets pass what the architecture allows', () => {
    assert.deepEqual(
      planted.summary.violations.filter((violation) => violation.from in allowed),
      [],
    );
    // Had the tree not been read, nothing would be refused either.
    for (const file of Object.keys(allowed))
      assert.ok(
        planted.modules.some((module) => module.source === file),
        `${file} was read`,
      );
  });

  it('is kept by this repository, all of which is read', async () => {
    const { modules, summary } = await cruise(repositoryRoot);
    assert.deepEqual(
      summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`),
      [],
    );
    const sources = modules.map((module) => module.source);
    assert.ok(sources.includes('src/extension.ts'), 'the composition root was read');
    assert.ok(sources.filter((source) => source.startsWith('src/core/')).length > 10, 'the core was read');
    assert.ok(
      sources.some((source) => source.endsWith('node_modules/@types/vscode/index.d.ts')),
      'vscode was resolved to what the rule looks for',
    );
  });
});

async function plant(root: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), `${text}\n`);
}

async function cruise(cwd: string): Promise<Cruise> {
  const program = join(repositoryRoot, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = join(repositoryRoot, '.dependency-cruiser.cjs');
  const result = await run(process.execPath, [program, '--config', config, '--output-type', 'json', 'src', 'test', 'scripts'], {
    cwd,
    output: 'keep',
  });
  return JSON.parse(result.output) as Cruise;
}
