/** The contributed tools are those of the engine. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolNames } from '../../../../src/core/agents/toolNames';
import { inputSchema, tools } from '../../../../src/core/agents/tools';
import { repositoryRoot } from '../../../support/repository';

interface Contributed {
  readonly name: string;
  readonly toolReferenceName: string;
  readonly modelDescription: string;
  readonly canBeReferencedInPrompt: boolean;
  readonly icon: string;
  readonly inputSchema: unknown;
}

const { contributes } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  readonly contributes: { readonly languageModelTools: readonly Contributed[] };
};

describe('core/agents: tools', () => {
  it('are contributed with the same names, descriptions and arguments', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name, modelDescription, inputSchema: schema }) => ({
        name,
        modelDescription,
        schema,
      })),
      toolNames.map((name) => ({
        name,
        modelDescription: tools[name].description,
        schema: JSON.parse(JSON.stringify(inputSchema(tools[name]))) as unknown,
      })),
    );
  });

  it('can be referenced in a prompt, each by a name and an icon of its own', () => {
    const own = (of: (tool: Contributed) => string): number => new Set(contributes.languageModelTools.map(of)).size;
    assert.deepEqual([own((tool) => tool.toolReferenceName), own((tool) => tool.icon)], [9, 9]);
    assert.ok(contributes.languageModelTools.every(({ canBeReferencedInPrompt }) => canBeReferencedInPrompt));
  });

  it('take no other arguments, and every description says what comes back and when not to use it', () => {
    for (const name of toolNames) {
      assert.equal(inputSchema(tools[name])['additionalProperties'], false);
      assert.match(tools[name].description, /Returns /, name);
    }
  });
});
