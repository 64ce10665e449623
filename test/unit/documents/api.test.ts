/** The published types stand on their own, and the example in docs/api.md compiles with them. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as typescript from 'typescript';
import { repositoryRoot } from '../../support/repository';
import { makeScratch, removeScratch } from '../../support/scratch';

/** What the compiler says of this program beside the published types, with the strictest look at both. */
function compile(folder: string, program: string): readonly string[] {
  const file = join(folder, 'program.ts');
  writeFileSync(file, program);
  const options: typescript.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: false, types: ['vscode', 'node'] },
    typeRoots: [join(repositoryRoot, 'node_modules', '@types')],
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
  };
  const compiled = typescript.createProgram([file], options);
  const files = compiled.getSourceFiles().filter(({ fileName }) => !fileName.includes('node_modules'));
  return files
    .flatMap((source) => [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)])
    .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('api/service-lifecycle.d.ts', function () {
  this.timeout(60_000);

  let folder: string;

  before(async () => {
    folder = await makeScratch('api');
    copyFileSync(join(repositoryRoot, 'api', 'service-lifecycle.d.ts'), join(folder, 'service-lifecycle.d.ts'));
  });

  after(() => removeScratch(folder));

  it('is enough to compile the example in docs/api.md', () => {
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(repositoryRoot, 'docs', 'api.md'), 'utf8')) ?? [];
    assert.match(example, /getExtension<ServiceLifecycleApi>/);
    assert.deepEqual(compile(folder, example), []);
  });

  it('refuses a program that uses a member that does not exist', () => {
    const program = `import type { ServiceLifecycleApi } from './service-lifecycle';
export const stopAll = (api: ServiceLifecycleApi) => api.stopAll();`;
    assert.match(compile(folder, program).join('\n'), /'stopAll' does not exist/);
  });
});
