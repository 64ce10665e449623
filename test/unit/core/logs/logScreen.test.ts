/** Filters, search, folds and the place in the matches. */
import assert from 'node:assert/strict';
import { LogScreen } from '../../../../src/core/logs/logScreen';
import type { SearchPorts } from '../../../../src/core/logs/logSearch';
import { asText } from '../../../../src/core/logs/lineText';
import { segmentsOf } from '../../../../src/core/logs/segments';
import type { SentLine } from '../../../../src/core/logs/packedLines';

const ports: SearchPorts = {
  match: ({ source, flags }, texts) =>
    Promise.resolve(
      source === 'slow'
        ? undefined
        : texts.map((text) => {
            const found = new RegExp(source, flags).exec(text);
            return found === null ? undefined : [[found.index, found.index + found[0].length] as const];
          }),
    ),
  pause: () => Promise.resolve(),
};

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const sent = (text: string, more: Partial<SentLine> = {}): SentLine => ({ at: 1000, service: 'web', run: 'r1', text, ...more });
const texts = ({ shown }: LogScreen): readonly string[] => shown.map(({ text }) => text);

function screenOf(...lines: readonly (string | SentLine)[]): LogScreen {
  const screen = new LogScreen(ports, () => undefined);
  screen.replace(lines.map((line) => (typeof line === 'string' ? sent(line) : line)));
  return screen;
}

describe('core/logs: logScreen', () => {
  it('shows the matches of a text in any case, and counts them while lines are added', async () => {
    const screen = screenOf('one', 'Two', 'three');
    screen.choose({ search: 'TWO' });
    await settle();
    assert.deepEqual([texts(screen), screen.matches.length], [['Two'], 1]);
    screen.append([sent('four'), sent('two again')], 0);
    await settle();
    assert.deepEqual([texts(screen), screen.matches.length], [['Two', 'two again'], 2]);
    screen.choose({ search: '' });
    assert.deepEqual([screen.shown.length, screen.matches.length], [5, 0]);
  });

  it('marks the matches among all lines on request', async () => {
    const screen = screenOf('one', 'two', 'three');
    screen.choose({ search: 't', onlyMatches: false });
    await settle();
    assert.deepEqual([screen.shown.length, screen.matches.length], [3, 2]);
  });

  it('searches for an expression, and reports one that is invalid or takes too long', async () => {
    const screen = screenOf('one', 'two', 'three');
    screen.choose({ search: '/^T/i' });
    await settle();
    assert.deepEqual(texts(screen), ['two', 'three']);
    screen.choose({ search: '/(/' });
    await settle();
    assert.deepEqual([screen.query.kind, screen.shown.length], ['invalid', 3]);
    screen.choose({ search: '/slow/' });
    await settle();
    assert.deepEqual([screen.searchState, screen.matches.length], ['tooSlow', 0]);
    screen.choose({ search: 'one' });
    await settle();
    assert.deepEqual([screen.searchState, texts(screen)], ['idle', ['one']]);
  });

  it('forgets the results of a search that another one has replaced', async () => {
    const screen = screenOf('one', 'two');
    screen.choose({ search: '/one/' });
    screen.choose({ search: '/two/' });
    await settle();
    assert.deepEqual(texts(screen), ['two']);
  });

  it('goes through the matches in both directions, around the end, from the place that is visible', async () => {
    const screen = screenOf(...[1, 2, 3].map((at) => sent(`x${at}`, { at })));
    screen.choose({ search: 'x' });
    await settle();
    assert.equal(screen.step(1, screen.shown[1])?.text, 'x2');
    assert.equal(screen.step(1, undefined)?.text, 'x3');
    assert.equal(screen.step(1, undefined)?.text, 'x1');
    assert.equal(screen.step(-1, undefined)?.text, 'x3');
    screen.choose({ search: 'nothing' });
    await settle();
    assert.equal(screen.step(1, undefined), undefined);
  });

  it('shows errors with the frames of their traces', () => {
    const screen = screenOf('INFO a', 'Error: b', '    at c (d.js:1:1)', 'WARN e', 'plain');
    screen.choose({ level: 'error' });
    assert.deepEqual(texts(screen), ['Error: b', '    at c (d.js:1:1)']);
    screen.choose({ level: 'warning' });
    assert.equal(screen.shown.length, 3);
    screen.choose({ level: 'info' });
    assert.equal(screen.shown.length, 5);
  });

  it('shows the latest run of each service, or the one before', () => {
    const screen = screenOf(sent('old'), sent('other', { service: 'api', run: 'a1' }), sent('new', { run: 'r2' }));
    screen.choose({ runs: 'latest' });
    assert.deepEqual(texts(screen), ['other', 'new']);
    screen.choose({ runs: 'previous' });
    assert.deepEqual(texts(screen), ['old']);
    screen.append([sent('newer', { run: 'r3' })], 0);
    assert.deepEqual(texts(screen), ['new']);
  });

  it('hides the frames of a folded trace, but not from a search', async () => {
    const screen = screenOf('Error: b', '    at c (d.js:1:1)', 'after');
    const [head] = screen.shown;
    assert.ok(head !== undefined);
    screen.fold(head, true);
    assert.deepEqual(texts(screen), ['Error: b', 'after']);
    screen.choose({ search: 'd.js' });
    await settle();
    assert.deepEqual(texts(screen), ['    at c (d.js:1:1)']);
    screen.choose({ search: '' });
    screen.foldAll(false);
    assert.equal(screen.shown.length, 3);
  });

  it('clears the view of what is there, and counts lines that were not sent', () => {
    const screen = screenOf('one');
    screen.append([sent('two')], 7);
    assert.equal(screen.skipped, 7);
    screen.clear();
    assert.deepEqual([texts(screen), screen.skipped, screen.isCleared], [[], 0, true]);
    screen.append([sent('three', { at: 1001 })], 0);
    assert.deepEqual(texts(screen), ['three']);
  });

  it('stays cleared after a reload, for the services whose lines were in view', () => {
    const lines = [sent('one'), sent('two', { at: 1005 })];
    const before = screenOf(...lines);
    before.clear();
    const { cleared } = before.options;
    const after = new LogScreen(ports, () => undefined);
    after.choose({ cleared });
    after.replace([...lines, sent('of another one', { service: 'api' }), sent('three', { at: 1006 })]);
    assert.deepEqual(texts(after), ['of another one', 'three']);
    after.clear();
    assert.deepEqual(
      [texts(after), after.options.cleared],
      [
        [],
        [
          ['web', 1006],
          ['api', 1000],
        ],
      ],
    );
  });

  it('shows on request what was cleared, and when a moment before that is opened', () => {
    const screen = screenOf(sent('one'), sent('of another one', { service: 'api', at: 1001 }), sent('two', { at: 1002 }));
    screen.clear();
    screen.append([sent('three', { at: 1003 })], 0);
    assert.equal(screen.firstFrom(1003)?.text, 'three');
    assert.deepEqual([texts(screen), screen.isCleared], [['three'], true]);
    assert.equal(screen.firstFrom(1002)?.text, 'two');
    assert.deepEqual(texts(screen), ['one', 'two', 'three']);
    screen.showCleared();
    assert.deepEqual([screen.shown.length, screen.isCleared, screen.options.cleared], [4, false, []]);
    assert.equal(screen.firstFrom(9999)?.text, 'three');
  });

  it('searches 100,000 lines, and takes a million', async () => {
    const screen = screenOf(...Array.from({ length: 100_000 }, (_, index) => `line ${index}`));
    screen.choose({ search: 'line 9999' });
    while (screen.searchState === 'searching') await settle();
    assert.equal(screen.matches.length, 11);
    screen.choose({ search: '' });
    const more = Array.from({ length: 100_000 }, (_, index) => sent(`more ${index}`));
    for (let part = 0; part < 10; part += 1) screen.append(more, 0);
    assert.ok(screen.count <= 1_000_000 && screen.count >= 900_000, String(screen.count));
    assert.equal(screen.shown.at(-1)?.text, 'more 99999');
  }).timeout(60_000);
});

describe('core/logs: a line', () => {
  it('is drawn in pieces with its colours, matches and links, which together are its text', async () => {
    const screen = screenOf('\u001b[31mat a.js:1:2 fail\u001b[0med');
    screen.choose({ search: 'js:1:2 f' });
    await settle();
    const [line] = screen.shown;
    assert.ok(line !== undefined);
    const segments = segmentsOf(line, screen.query);
    assert.equal(segments.map(({ text }) => text).join(''), 'at a.js:1:2 failed');
    assert.deepEqual(
      segments.map(({ text, isMarked, link, style }) => [text, isMarked, link?.kind, style.color]),
      [
        ['at ', false, undefined, 1],
        ['a.', false, 'file', 1],
        ['js:1:2', true, 'file', 1],
        [' f', true, undefined, 1],
        ['ail', false, undefined, 1],
        ['ed', false, undefined, undefined],
      ],
    );
  });

  it('is copied without colours, with its time and service on request', () => {
    const { shown } = screenOf(sent('\u001b[31mred\u001b[0m', { at: new Date(2026, 0, 31, 4, 5, 6, 7).getTime() }));
    assert.equal(asText(shown, { times: true, names: true }), '2026-01-31 04:05:06.007 web | red\n');
    assert.equal(asText(shown, { times: false, names: false }), 'red\n');
  });
});
