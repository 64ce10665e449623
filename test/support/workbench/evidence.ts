/** What is kept of a failed e2e test: pictures and the windows' console, and, printed, what the side bar of each window shows. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resultsFolder } from '../repository';
import { openSessions } from './session';

export async function keepEvidence(title: string): Promise<void> {
  const name = title.replace(/\W+/g, '-').slice(0, 100);
  await mkdir(resultsFolder, { recursive: true });
  for (const session of openSessions) {
    await writeFile(join(resultsFolder, `${name}.log`), session.log.join('\n'));
    for (const [index, page] of session.pages().entries()) {
      await page.screenshot({ path: join(resultsFolder, `${name}-${index}.png`) }).catch(() => undefined);
      // Where nothing but the output of a run is kept, this is all that is left.
      console.log(`      window ${index + 1} shows: ${await sideBarText(page)}`);
    }
  }
}

async function sideBarText(page: Page): Promise<string> {
  const text = await page
    .locator('.part.sidebar')
    .innerText({ timeout: 2000 })
    .catch((error: unknown) => String(error));
  return JSON.stringify(text.slice(0, 500));
}
