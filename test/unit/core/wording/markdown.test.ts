import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commandLink, escapeIcons, escapeMarkdown, table } from '../../../../src/core/wording/markdown';

describe('core/wording/markdown', () => {
  it('escapes every character that markdown, HTML or icons could interpret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const withoutEntities = escapeMarkdown(text).replace(/&#\d+;/g, '');
        assert.doesNotMatch(withoutEntities, /[\n\r|<>[\](){}*_`~$&#\\!.:@]/);
      }),
    );
  });

  it('keeps every character of the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const back = escapeMarkdown(text).replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));
        assert.equal(back, text.replace(/[\s\p{Cc}]+/gu, ' '));
      }),
    );
  });

  it('encodes arguments that could end a link', () => {
    const link = commandLink('Stop', 'x.stop', ['a) [b](command:evil)', "it's"]);
    const [, query = ''] = /^\[Stop\]\(command:x\.stop\?([^()\s]*)\)$/.exec(link) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(query)), ['a) [b](command:evil)', "it's"]);
    assert.equal(commandLink('All', 'x.all'), '[All](command:x.all)');
  });

  it('escapes icons in names', () => {
    assert.doesNotMatch(escapeIcons('$(bug) $($(x)'), /\$\(/);
  });

  it('formats tables', () => {
    assert.equal(
      table([
        ['A', 'B'],
        ['1', '2'],
      ]),
      '| A | B |\n| --- | --- |\n| 1 | 2 |',
    );
    assert.equal(table([]), '');
  });
});
