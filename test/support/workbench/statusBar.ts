import type { Locator, Page } from 'playwright-core';
import type { DrawnElement } from './drawn';
import { hoverText } from './hover';

export interface StatusBarItem {
  readonly text: string;
  readonly label: string;
  /** Names of the codicons in it. */
  readonly icons: readonly string[];
  /** '' without a background. */
  readonly background: '' | 'warning' | 'error';
}

/** The items of our extension in the status bar. */
export class StatusBar {
  constructor(private readonly page: Page) {}

  async items(): Promise<StatusBarItem[]> {
    return this.locator().evaluateAll((items: DrawnElement[]) =>
      items.map((item) => {
        const kind = ['warning', 'error'].find((each) => item.classList.contains(`${each}-kind`));
        const icons = [...item.querySelectorAll('.codicon')].map(
          (icon) => /codicon-(?!modifier)([\w-]+)/.exec(icon.className)?.[1] ?? '',
        );
        return {
          text: (item.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
          label: item.getAttribute('aria-label') ?? item.querySelector('[aria-label]')?.getAttribute('aria-label') ?? '',
          icons,
          background: kind === 'warning' || kind === 'error' ? kind : '',
        };
      }),
    );
  }

  /** The hover of the item that shows this text. */
  async tooltip(shown: string): Promise<string> {
    return hoverText(this.page, this.item(shown));
  }

  async click(shown: string): Promise<void> {
    await this.item(shown).locator('a').first().click();
  }

  private item(shown: string): Locator {
    return this.locator().filter({ hasText: shown }).first();
  }

  private locator(): Locator {
    return this.page.locator('.part.statusbar .statusbar-item[id^="service-lifecycle.service-lifecycle"]');
  }
}
