import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import { text } from './text';

/** The messages in the lower right corner. */
export class Notifications {
  constructor(private readonly page: Page) {}

  async messages(): Promise<string[]> {
    const drawn = await this.toasts().locator('.notification-list-item-message').allInnerTexts();
    return drawn.map(text);
  }

  async waitFor(pattern: RegExp, timeout = 15_000): Promise<string> {
    return until(
      `a notification ${String(pattern)}`,
      async () => (await this.messages()).find((message) => pattern.test(message)),
      timeout,
    );
  }

  async buttons(message: string | RegExp): Promise<string[]> {
    const drawn = await this.toast(message).locator('.monaco-button').allInnerTexts();
    return drawn.map(text);
  }

  async click(message: string | RegExp, button: string): Promise<void> {
    await this.toast(message).locator('.monaco-button', { hasText: button }).first().click();
  }

  /** Closes a notification with its cross, which is no answer. */
  async close(message: string | RegExp): Promise<void> {
    const toast = this.toast(message);
    await toast.hover();
    await toast.locator('.action-label[aria-label^="Clear Notification"]').click();
    await toast.waitFor({ state: 'hidden' });
  }

  private toast(message: string | RegExp): Locator {
    return this.toasts().filter({ hasText: message }).first();
  }

  private toasts(): Locator {
    return this.page.locator('.notification-toast');
  }
}
