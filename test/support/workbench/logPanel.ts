/** The tab of Show Logs, as a person and a screen reader find their way in it. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../poll';

export class LogPanel {
  constructor(private readonly page: Page) {}

  /** VS Code puts a page into a frame in a frame, and replaces both when it shows the tab again. */
  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  get log(): Locator {
    return this.frame.getByRole('log', { name: 'Log' });
  }

  get search(): Locator {
    return this.frame.getByRole('searchbox', { name: 'Search log' });
  }

  get follow(): Locator {
    return this.frame.getByRole('checkbox', { name: 'Follow' });
  }

  /** Resolves when the page is drawn. */
  async ready(): Promise<void> {
    await this.log.waitFor({ timeout: 60_000 });
  }

  /** The lines that are drawn, each as it is read. */
  lines(): Promise<string[]> {
    return this.log.locator('.line').allInnerTexts();
  }

  /** Waits for a line that is drawn. */
  async waitFor(text: string | RegExp): Promise<void> {
    await this.log.locator('.line', { hasText: text }).first().waitFor({ timeout: 60_000 });
  }

  /** Waits for the count next to the search. */
  async waitForCount(expected: RegExp): Promise<string> {
    const count = this.frame.getByRole('status');
    return until(
      `a count like ${String(expected)}`,
      async () => {
        const text = await count.innerText();
        return expected.test(text) && text;
      },
      60_000,
    );
  }
}
