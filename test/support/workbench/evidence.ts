/** What is kept of a failed e2e test: pictures, the windows' console, and, printed, the end of the extension's log and what is shown. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { resultsFolder } from '../repository';
import { openSessions } from './session';
import type { Session } from './session';

/** Lines of each window's log that are printed: what is read where nothing but the output of a run is kept. */
const printedLines = 40;

export async function keepEvidence(title: string): Promise<void> {
  const name = title.replace(/\W+/g, '-').slice(0, 100);
  await mkdir(resultsFolder, { recursive: true });
  for (const session of openSessions) {
    await writeFile(join(resultsFolder, `${name}.log`), session.log.join('\n'));
    for (const [index, page] of session.pages().entries()) {
      await page.screenshot({ path: join(resultsFolder, `${name}-${index}.png`) }).catch(() => undefined);
      console.log(`      window ${index + 1} shows: ${await sideBarText(page)}`);
    }
    for (const line of extensionLogs(session)) console.log(`      ${line}`);
  }
}

async function sideBarText(page: Page): Promise<string> {
  const text = await page
    .locator('.part.sidebar')
    .innerText({ timeout: 2000 })
    .catch((error: unknown) => String(error));
  return JSON.stringify(text.slice(0, 500));
}

/** The last lines of every log that the extension wrote, one log for each time that its host was started. */
function extensionLogs(session: Session): string[] {
  const logs = join(session.dataFolder, 'data', 'logs');
  if (!existsSync(logs)) return [];
  const names = readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('Services.log'));
  return names.flatMap((name) => [name, ...readFileSync(join(logs, name), 'utf8').trimEnd().split('\n').slice(-printedLines)]);
}
