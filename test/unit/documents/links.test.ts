/** Every relative link of the documents leads to a file and, where it names one, to a heading in it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { repositoryRoot } from '../../support/repository';
import { anchorsIn, linksIn } from './support/markdown';

/** Targets of a document that lead nowhere. `read` returns the text of a file, or undefined when there is none. */
function deadLinks(document: string, read: (path: string) => string | undefined): readonly string[] {
  return linksIn(read(document) ?? '')
    .map(({ target }) => target)
    .filter((target) => !/^(?:https?:|mailto:)/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const text = read(path === '' ? document : normalize(join(dirname(document), path)));
      return text === undefined || (anchor !== undefined && !anchorsIn(text).has(anchor));
    });
}

/** A folder is something to link to as well. */
function readRepository(path: string): string | undefined {
  const file = join(repositoryRoot, path);
  if (!existsSync(file)) return undefined;
  return path.endsWith('.md') ? readFileSync(file, 'utf8') : '';
}

const documents = [
  ...readdirSync(repositoryRoot).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(repositoryRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('the links of the documents', () => {
  for (const document of documents) {
    it(`lead somewhere in ${document}`, () => {
      assert.deepEqual(deadLinks(document, readRepository), []);
    });
  }

  it('lead from README to every page in docs', () => {
    const targets = linksIn(readRepository('README.md') ?? '').map(({ target }) => target);
    const pages = documents.filter((document) => dirname(document) === 'docs').map((page) => page.replaceAll('\\', '/'));
    assert.deepEqual(
      pages.filter((page) => !targets.includes(page)),
      [],
    );
  });
});

describe('README.md', () => {
  it('is at most 8 KB: everything longer belongs in docs', () => {
    assert.ok(statSync(join(repositoryRoot, 'README.md')).size <= 8192);
  });
});

describe('the check of links', () => {
  const files = new Map([
    ['README.md', '[a](docs/a.md) [b](docs/b.md#two-words) [c](#title) [d](https://example.com/nowhere)\n# Title'],
    ['docs/a.md', '[back](../README.md#title) `[code](nowhere.md)`\n```\n[code](nowhere.md)\n```'],
    ['docs/b.md', '# `Two` words!\n# Two words\n[again](#two-words-1)'],
  ]);
  const read = (path: string): string | undefined => files.get(path.replaceAll('\\', '/'));
  const deadAfter = (text: string): readonly string[] =>
    deadLinks('README.md', (path) => (path === 'README.md' ? text : read(path)));

  it('accepts files, headings, addresses and what is code', () => {
    for (const path of files.keys()) assert.deepEqual(deadLinks(path, read), []);
  });

  it('finds a file that does not exist', () => {
    assert.deepEqual(deadAfter('[a](docs/c.md) ![b](media/c.png)'), ['docs/c.md', 'media/c.png']);
  });

  it('finds a heading that does not exist', () => {
    assert.deepEqual(deadAfter('[a](docs/b.md#two) [b](#title)'), ['docs/b.md#two', '#title']);
  });

  it('finds the dead target of a picture in a link', () => {
    assert.deepEqual(deadAfter('[![a](docs/a.md)](docs/c.md)'), ['docs/c.md']);
  });
});
