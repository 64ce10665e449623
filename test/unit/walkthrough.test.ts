/** The walkthrough is legible in every theme, and does not ask for what is done already. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly media: { readonly svg?: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8'));

const { contributes } = readJson('package.json') as {
  readonly contributes: { readonly walkthroughs: readonly { readonly steps: readonly Step[] }[] };
};
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

/** VS Code cuts longer titles of the list of steps. */
const maxTitleLength = 28;

describe('the walkthrough', () => {
  it('has short titles in both languages', () => {
    for (const file of ['package.nls.json', 'package.nls.de.json']) {
      const texts = readJson(file) as Readonly<Record<string, string>>;
      for (const { title } of steps) {
        const words = texts[title.replaceAll('%', '')] ?? '';
        assert.ok(words !== '' && words.length <= maxTitleLength, `${file}: ${words}`);
      }
    }
  });

  it('has pictures with the colours of the theme only, no wider than their column', () => {
    assert.ok(steps.length > 3);
    for (const { id, media } of steps) {
      const picture = readFileSync(join(repositoryRoot, media.svg ?? assert.fail(`${id} has no SVG`)), 'utf8');
      assert.match(picture, /viewBox="0 0 436 /, id);
      const colours = [...picture.matchAll(/(?:fill|stroke): ?([^;"]+)/g)].map(([, colour = '']) => colour);
      assert.ok(colours.length > 5, id);
      for (const colour of colours) assert.match(colour, /^(?:none$|transparent$|var\(--vscode-)/, `${id}: ${colour}`);
      assert.doesNotMatch(picture, /(?:fill|stroke)="|<image|<script|href=/, id);
    }
  });

  it('ticks its first step for a workspace that has its services', () => {
    assert.ok(steps[0]?.completionEvents.includes('onContext:serviceLifecycle.hasConfig'));
  });
});
