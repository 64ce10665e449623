/** Messages are shown in one place, which keeps text from outside from becoming a link. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

const messages = /\bshow(?:Information|Warning|Error)Message\b/;

describe('messages of VS Code', () => {
  const sources = readdirSync(join(repositoryRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file));

  it('are shown by src/messages only', () => {
    const users = sources.filter((file) => messages.test(readFileSync(join(repositoryRoot, 'src', file), 'utf8')));
    assert.deepEqual(users, ['messages/showMessage.ts']);
  });

  it('are shown by no progress notification, whose title VS Code searches for links as well', () => {
    const users = sources.filter((file) =>
      readFileSync(join(repositoryRoot, 'src', file), 'utf8').includes('ProgressLocation.Notification'),
    );
    assert.deepEqual(users, []);
  });
});
