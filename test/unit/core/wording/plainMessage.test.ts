import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainMessage } from '../../../../src/core/wording/plainMessage';

/** The expression by which VS Code finds links in messages (`parseLinkedText` in 1.139.1). */
const linkOfVsCode = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

const links = (text: string): readonly string[] => [...text.matchAll(linkOfVsCode)].map(([found]) => found);

const attacks = [
  '[run the migration](command:workbench.action.terminal.sendSequence?{"text":"id>pwned\\n"})',
  "true '[npm run dev](http://x';echo${IFS}HACKED;')'",
  '[[a](command:b)](command:c)',
  '[a](COMMAND:x "title")',
  '[a\n](file:///etc/passwd)',
  '[a]((command:b))[c](https://d)',
];

describe('plainMessage', () => {
  for (const attack of attacks) {
    it(`leaves no link of VS Code in ${JSON.stringify(attack)}`, () => {
      assert.deepEqual(links(plainMessage(attack)), []);
    });
  }

  it('is tried on texts in which VS Code finds links', () => {
    assert.ok(attacks.filter((attack) => links(attack).length > 0).length >= 5);
  });

  it('leaves no link of VS Code in any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('[', ']', '(', ')', '](', 'command:', 'https://', 'file:', ' "', "'", '\u200b', '\n'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => links(plainMessage(pieces.join(''))).length === 0),
      { numRuns: 5000 },
    );
  });

  it('leaves no link of VS Code in any text that holds one', () => {
    const word = fc.stringMatching(/^[\w [\]().:/'"-]{0,12}$/);
    const scheme = fc.constantFrom('command:', 'https://', 'http://', 'file:', 'CoMMand:');
    fc.assert(
      fc.property(word, word, scheme, word, (before, label, start, rest) => {
        const text = `${before}[${label}x](${start}${rest}y)`;
        return links(plainMessage(text)).length === 0;
      }),
      { numRuns: 5000 },
    );
  });

  it('shows a text without links as it is', () => {
    for (const text of ['Port 8000 is in use (node).', 'GET [id] (see docs)', 'Zeile 1\nZeile 2 \u00e4\u{1f600}'])
      assert.equal(plainMessage(text), text);
  });

  it('removes control characters and characters that change the direction of text', () => {
    assert.equal(plainMessage('a\u001b[31mb\u202ec\u2066d\u0007'), 'a [31mb c d ');
  });

  it('cuts a text of more than 2000 characters, never inside of a character', () => {
    const cut = plainMessage(`${'x'.repeat(1999)}\u{1f600}${'y'.repeat(5000)}`);
    assert.equal(cut, `${'x'.repeat(1999)} …`);
  });
});
