import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import { text } from './text';

/**
 * What the hover of an element says; the hover of another element, still shown, is waited away first. An element that is drawn
 * again just before its hover opens has none until the pointer moves, so it is pointed at again.
 */
export async function hoverText(page: Page, element: Locator): Promise<string> {
  const hovers = page.locator('.monaco-hover:visible');
  return until(
    'what the hover says',
    async () => {
      // Beyond the widest hover: one that the pointer is in stays.
      await page.mouse.move(1000, 250);
      await hovers.first().waitFor({ state: 'hidden' });
      await element.hover();
      await hovers.first().waitFor({ timeout: 3000 });
      // What has to be looked up first is announced by this word.
      return until('the hover to be made', async () => {
        const said = text(await hovers.first().innerText({ timeout: 1000 }));
        return said !== 'Loading...' && said;
      });
    },
    30_000,
  );
}
