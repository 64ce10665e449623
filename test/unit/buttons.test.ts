/** Titles of buttons fit into a notification, in both languages. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { findingsOf } from '../../src/core/diagnosis/diagnosis';
import { actionButton } from '../../src/core/diagnosis/actionButton';
import type { FindingAction } from '../../src/core/diagnosis/finding';
import { button, maxButtonLength } from '../../src/core/wording/button';
import { useTranslations } from '../../src/core/wording/l10n';
import { cases } from './core/diagnosis/cases';
import { glob } from '../support/glob';
import { repositoryRoot } from '../support/repository';

const german = JSON.parse(readFileSync(join(repositoryRoot, 'l10n', 'bundle.l10n.de.json'), 'utf8')) as Record<string, string>;

describe('a button of a message', () => {
  it('has the first title that fits, and cuts the last one', () => {
    assert.equal(button('Install stripe', 'Install'), 'Install stripe');
    assert.equal(button('Install everything-there-is', 'Install'), 'Install');
    assert.equal(button('x'.repeat(30)), `${'x'.repeat(17)}…`);
  });

  it('ends with a title that fits in English and in German, wherever one is made', async () => {
    const found = await buttonCalls();
    assert.ok(found.length > 30, `only ${found.length} calls of button(…)`);
    const wrong = found.flatMap(({ last, place }) => {
      if (last === undefined) return [`${place}: the last title is no t('…') without parts`];
      const long = [last, german[last] ?? last].filter((title) => Array.from(title).length > maxButtonLength);
      return long.map((title) => `${place}: ${title}`);
    });
    assert.deepEqual(wrong, []);
  });
});

describe('the button of an action', () => {
  const act = (title: string, command: string, ...args: readonly unknown[]): FindingAction => ({
    title,
    command: `serviceLifecycle.${command}`,
    arguments: args,
  });
  const run = (command: string): string => actionButton(act(`Run ${command}`, 'runInTerminal', command, '/shop'));

  afterEach(() => useTranslations(undefined));

  it('names the package that a command installs', () => {
    assert.equal(run('/usr/bin/python3 -m pip install stripe'), 'Install stripe');
    assert.equal(run('npm install express@5'), 'Install express');
    assert.equal(run('uv add "psycopg[binary]"'), 'Install psycopg');
    assert.equal(run('npm install @sveltejs/kit'), 'Install');
    assert.equal(run('.venv/bin/python -m pip install -r requirements.txt'), 'Install');
    assert.equal(run('npm ci'), 'Install');
    assert.equal(run('docker compose up -d --wait postgres'), 'Run in Terminal');
    assert.equal(run('install'), 'Run install');
  });

  it('fits for every action of every diagnosis, in both languages', () => {
    for (const bundle of [undefined, german]) {
      useTranslations(bundle, 'de');
      const actions = cases.flatMap(({ sick }) => findingsOf(sick).flatMap((finding) => finding.actions));
      assert.ok(actions.length > 100);
      for (const action of actions) {
        const title = actionButton(action);
        assert.ok(Array.from(title).length <= maxButtonLength && !title.endsWith('…'), `${action.title}: ${title}`);
      }
    }
  });
});

/** Every call of `button(…)` in src, with the literal of its last title. */
async function buttonCalls(): Promise<readonly { readonly last: string | undefined; readonly place: string }[]> {
  const files = (await glob(join(repositoryRoot, 'src'), '.ts')).filter((file) => !file.endsWith('wording/button.ts'));
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const calls: { last: string | undefined; place: string }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === 'button' && node.arguments.length > 0)
        for (const last of literals(node.arguments[node.arguments.length - 1])) calls.push({ last, place: file });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return calls;
  });
}

function literals(node: ts.Expression | undefined): readonly (string | undefined)[] {
  if (node === undefined) return [undefined];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  const [text, ...parts] = ts.isCallExpression(node) && node.expression.getText() === 't' ? node.arguments : [];
  return [text !== undefined && ts.isStringLiteral(text) && parts.length === 0 ? text.text : undefined];
}
