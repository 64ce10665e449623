import assert from 'node:assert/strict';
import type { BrokenFile } from '../../../../src/core/model/brokenFile';
import { configMessage } from '../../../../src/core/views/brokenFiles';
import { pick } from '../../../../src/core/views/pick';
import { statusBarTooltip } from '../../../../src/core/views/statusBarTooltip';
import { badge, row, tree } from '../../../../src/core/views/tree';
import { healthy, named, running } from './samples';

const file: BrokenFile = {
  folder: '/shop',
  folderName: 'shop',
  line: 2,
  column: 5,
  message: 'A comma is missing.',
  shows: 'lastValid',
};
const entry = { id: 'db', key: 'db', folder: '/shop', folderName: 'shop', message: 'No command' };
const web = named('web', running(healthy));

describe('a services.json with an error', () => {
  it('is the message above the rows, with its line', () => {
    assert.equal(configMessage([]), undefined);
    assert.equal(configMessage([file]), 'services.json has an error in line 2. Rows show the last valid configuration.');
    assert.equal(
      configMessage([{ ...file, shows: 'readable' }]),
      'services.json has an error in line 2. Rows show what could be read.',
    );
    assert.match(configMessage([file, { ...file, folder: '/blog' }]) ?? '', /^2 files/);
  });

  it('is the first row, which opens it at the error; the rows of its services are marked', () => {
    const rows = tree([web], [entry], [file]).map((node) => row(node));
    assert.deepEqual(
      rows.map(({ label, description }) => `${label} | ${description}`),
      ['services.json | line 2: A comma is missing.', 'web | :8000 · 10 ms · last valid', 'db | No command'],
    );
    assert.deepEqual(rows[0]?.command, {
      id: 'serviceLifecycle.openBrokenFile',
      title: 'Open Configuration',
      argument: '/shop',
    });
    assert.match(rows[1]?.spoken ?? '', /, last valid configuration$/);
  });

  it('does not mark rows that show what can be read, nor those of another folder', () => {
    const isMarked = (changes: Partial<BrokenFile>): boolean =>
      tree([web], [], [{ ...file, ...changes }]).some((node) => row(node).description.includes('last valid'));
    assert.deepEqual([isMarked({}), isMarked({ shows: 'readable' }), isMarked({ folder: '/blog' })], [true, false, false]);
  });

  it('counts in the badge, as entries with errors do', () => {
    assert.deepEqual(badge([web], [entry], [file]), {
      value: 2,
      tooltip: '2 services need attention: services.json (line 2) and db (Invalid configuration)',
    });
  });

  it('is the first in the pick and in the hover of the status bar', () => {
    const [first] = pick({ services: [web], broken: [entry], brokenFiles: [file], isTrusted: true });
    assert.equal(
      first?.kind === 'action' && `${first.label} ${first.description}`,
      '$(bracket-error) services.json line 2: A comma is missing.',
    );
    assert.match(
      statusBarTooltip([web], [entry], [file]),
      /^<span[^>]*>\$\(bracket-error\)<\/span>&nbsp;\[services&#46;json\]\(command:serviceLifecycle\.openBrokenFile/,
    );
  });
});
