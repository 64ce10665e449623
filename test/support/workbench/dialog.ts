import type { Locator, Page } from 'playwright-core';
import { text } from './text';

/** The modal dialog in the middle of the window. */
export class Dialog {
  constructor(private readonly page: Page) {}

  /** Waits for a dialog and gives back its message and detail. */
  async message(timeout = 15_000): Promise<{ message: string; detail: string }> {
    await this.box().waitFor({ timeout });
    const detail = this.box().locator('.dialog-message-detail');
    return {
      message: text(await this.box().locator('.dialog-message-text').innerText()),
      detail: (await detail.isVisible()) ? text(await detail.innerText()) : '',
    };
  }

  async buttons(): Promise<string[]> {
    const drawn = await this.box().locator('.dialog-buttons .monaco-button').allInnerTexts();
    return drawn.map(text);
  }

  async click(button: string): Promise<void> {
    await this.box().locator('.dialog-buttons .monaco-button', { hasText: button }).first().click();
    await this.box().waitFor({ state: 'hidden' });
  }

  async isOpen(): Promise<boolean> {
    return this.box().isVisible();
  }

  private box(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }
}
