import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import { text } from './text';

/** Of each step, so that one that fails is repeated with those before it. */
const stepMs = 3000;

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
      await page.mouse.move(1000, 250, { steps: 2 });
      await hovers.first().waitFor({ state: 'hidden', timeout: stepMs });
      await element.hover({ timeout: stepMs });
      await hovers.first().waitFor({ timeout: stepMs });
      // What has to be looked up first is announced by this word.
      const isMade = async (): Promise<string | false> => {
        const said = text(await hovers.first().innerText({ timeout: 1000 }));
        return said !== 'Loading...' && said;
      };
      return until('the hover to be made', isMade, 2 * stepMs);
    },
    30_000,
  );
}
