import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding, FindingAction } from '../../../../src/core/diagnosis/finding';
import { findingRows } from '../../../../src/core/diagnosis/findingRows';
import { copyReport, openFile, restartService, runInTerminal, startService } from '../../../../src/core/diagnosis/actions';
import { actionIcon } from '../../../../src/core/diagnosis/actionIcon';
import { wrapped } from '../../../../src/core/wording/text';

const finding = (changes: Partial<Finding> = {}): Finding => ({
  code: 'missing-dependency',
  severity: 'error',
  title: 'The module stripe is not installed.',
  short: "No module 'stripe'",
  detail: 'Install it in the environment of the service.',
  evidence: ["ModuleNotFoundError: No module named 'stripe'"],
  actions: [runInTerminal('pip install stripe', '/shop'), startService('mailer')],
  ...changes,
});

const drawn = (findings: readonly Finding[], more: readonly FindingAction[] = []): string[] =>
  findingRows(findings, more).map((row) => {
    if (row.kind === 'heading') return `-- ${row.label}`;
    return row.kind === 'action' ? row.label : `${row.label} | ${row.description} | ${row.copies}`;
  });

describe('core/diagnosis/findingRows', () => {
  it('begins with the verdict, then what fixes it, then the evidence; each action has an icon of its own', () => {
    const verdict = 'The module stripe is not installed. Install it in the environment of the service.';
    assert.deepEqual(drawn([finding()], [copyReport('mailer')]), [
      `$(error) The module stripe is not installed. | missing-dependency | ${verdict}`,
      `$(blank) Install it in the environment of the service. |  | ${verdict}`,
      '-- Fix',
      `$(terminal) ${runInTerminal('pip install stripe', '').title}`,
      '$(debug-start) Start',
      '-- Evidence',
      "$(dash) ModuleNotFoundError: No module named 'stripe' |  | ModuleNotFoundError: No module named 'stripe'",
      '-- Report',
      '$(copy) Copy Report',
    ]);
  });

  it('has what else was found after the verdict, and no heading without rows', () => {
    const other = finding({ severity: 'warning', title: 'Two.', detail: '', evidence: [], actions: [restartService('a')] });
    assert.deepEqual(drawn([finding({ evidence: [], actions: [], detail: '' }), other]), [
      '$(error) The module stripe is not installed. | missing-dependency | The module stripe is not installed.',
      '-- Also Found',
      '$(warning) Two. | missing-dependency | Two.',
      '$(debug-restart) Restart',
    ]);
  });

  it('shows a long text in full, in lines that fit, each of which copies all of it', () => {
    const detail = 'The first of several words in a long sentence. '.repeat(5).trim();
    const rows = findingRows([finding({ title: 'Short.', detail, evidence: [], actions: [] })], []);
    assert.ok(rows.length > 3);
    const lines = rows.flatMap((row) => (row.kind === 'text' ? [row.label.replace(/^\$\([a-z]+\) /, '')] : []));
    assert.equal(lines.join(' '), `Short. ${detail}`);
    for (const line of lines) assert.ok(line.length <= 78, line);
    for (const row of rows) assert.equal(row.kind === 'text' && row.copies, `Short. ${detail}`);
  });

  it('shows no icon that a text contains', () => {
    assert.match(drawn([finding({ title: '$(bug) x' })])[0] ?? '', /^\$\(error\) \$\u200b\(bug\) x/);
  });

  it('has an icon for each action, which opens a file as it is shown', () => {
    assert.equal(actionIcon(openFile('/a', 1)), 'go-to-file');
    assert.equal(actionIcon({ command: 'other' }), 'play');
  });
});

describe('core/wording/text: wrapped', () => {
  it('loses nothing but white space, and exceeds the limit in no line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (text, limit) => {
        const lines = wrapped(text, limit);
        for (const line of lines) assert.ok(Array.from(line).length <= limit && line.length > 0);
        const bare = (value: string): string => value.replace(/[\s\p{Cc}]+/gu, '');
        assert.equal(bare(lines.join('')), bare(text));
      }),
    );
  });
});
