/** What is kept of a failed e2e test: pictures, the windows' console, and, printed, what each window shows. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resultsFolder } from '../repository';
import type { DrawnElement } from './drawn';
import { openSessions } from './session';

/** Where VS Code draws what may cover what a test looks for, and what a test looks at. */
const parts = {
  'the side bar': '.part.sidebar',
  notifications: '.notification-toast',
  hovers: '.monaco-hover',
  dialogs: '.monaco-dialog-box',
  'quick input': '.quick-input-widget',
  'the status bar': '.part.statusbar',
  'the focus': ':focus',
};
/** Characters of each part. */
const shownLength = 400;
/** Lines of the console, and characters of each. */
const loggedLines = 6;
const loggedLength = 200;

/** Gives back, as lines of text, what each window shows: where only the output of a run is kept, it is all that is left. */
export async function keepEvidence(title: string): Promise<string[]> {
  const name = title.replace(/\W+/g, '-').slice(0, 100);
  await mkdir(resultsFolder, { recursive: true });
  const shown: string[] = [];
  for (const session of openSessions) {
    await writeFile(join(resultsFolder, `${name}.log`), session.log.join('\n'));
    for (const [index, page] of session.pages().entries()) {
      await page.screenshot({ path: join(resultsFolder, `${name}-${index}.png`) }).catch(() => undefined);
      shown.push(...(await partsShown(page)).map((line) => `Window ${index + 1}, ${line}`));
    }
    const logged = new Set(session.log.map((line) => line.split('\n', 1)[0]?.slice(0, loggedLength)));
    shown.push(...[...logged].slice(-loggedLines).map((line) => `Console: ${line}`));
  }
  for (const line of shown) console.log(`      ${line}`);
  return shown;
}

async function partsShown(page: Page): Promise<string[]> {
  const lines: string[] = [];
  for (const [part, selector] of Object.entries(parts)) {
    const texts = await page
      .locator(`${selector}:visible`)
      .evaluateAll(describeAll)
      .catch((error: unknown) => [String(error)]);
    for (const text of texts) lines.push(`${part}: ${JSON.stringify(text.slice(0, shownLength))}`);
  }
  return lines;
}

/** Runs in the page. */
const describeAll = (elements: DrawnElement[]): string[] =>
  elements.map((element) => `${element.innerText} <${element.className}>`);
