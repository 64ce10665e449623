/** What Set Up AI Agents writes: its own block and entry, and nothing else. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasBlock, instructionsFor, withBlock } from '../../../../src/core/agents/instructions';
import { withMcpServer } from '../../../../src/core/config/mcpEntry';
import { serviceSpec } from '../../../support/fakes/specs';

const block = instructionsFor([serviceSpec('backend'), serviceSpec('frontend', { role: 'frontend', port: 3000 })]);
const server = { command: '/x/svc', args: ['mcp'] };

describe('core/agents: instructions', () => {
  it('name the services, the commands and what not to do', () => {
    assert.match(block, /- `frontend` \(frontend, port 3000\): `run frontend`/);
    assert.match(block, /svc start NAME/);
    assert.match(block, /do not end them with `kill`/);
  });

  it('are written once, updated in place, and removed without a trace', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('\n', '\r\n'), (words, eol) => {
        const before = words === '' ? '' : `# Agents${eol}${words}${eol}`;
        const once = withBlock(before, block);
        assert.ok(hasBlock(once) && once.startsWith(before));
        assert.equal(withBlock(once, block), once);
        assert.equal(withBlock(withBlock(`${once}More.${eol}`, 'other'), block), `${once}More.${eol}`);
        assert.equal(withBlock(once, undefined), before);
      }),
    );
  });

  it('leave a text alone that has no block to remove', () => {
    assert.equal(withBlock('# Mine\n', undefined), '# Mine\n');
  });
});

describe('core/config: mcpEntry', () => {
  it('is added to a new or an existing file, once, and keeps comments', () => {
    const made = withMcpServer(undefined, 'mcpServers', server) ?? '';
    assert.deepEqual(JSON.parse(made), { mcpServers: { services: server } });
    const mine = '{\n  // mine\n  "mcpServers": { "other": { "command": "o" } }\n}\n';
    const added = withMcpServer(mine, 'mcpServers', server) ?? '';
    assert.match(added, /\/\/ mine/);
    assert.match(added, /"other": \{ "command": "o" \}/);
    assert.equal(withMcpServer(added, 'mcpServers', server), added);
    assert.doesNotMatch(withMcpServer(added, 'mcpServers', undefined) ?? '', /services/);
  });

  it('leaves what is no JSON object alone', () => {
    for (const text of ['[]', '{', '{"mcpServers": 3}', 'x']) assert.equal(withMcpServer(text, 'mcpServers', server), undefined);
    assert.equal(withMcpServer('{"a":1}', 'servers', undefined), '{"a":1}');
  });
});
