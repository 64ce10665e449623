import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import { text } from './text';

/** What the hover of an element says; the hover of another element, still shown, is waited away first. */
export async function hoverText(page: Page, element: Locator): Promise<string> {
  const hovers = page.locator('.monaco-hover:visible');
  await page.mouse.move(700, 250);
  await hovers.first().waitFor({ state: 'hidden' });
  await element.hover();
  await hovers.first().waitFor();
  // What has to be looked up first is announced by this word.
  return until('what the hover says', async () => {
    const said = text(await hovers.first().innerText());
    return said !== 'Loading...' && said;
  });
}
