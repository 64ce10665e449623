import type { Page } from 'playwright-core';
import type { DrawnElement } from './drawn';
import { until } from '../poll';
import type { QuickInput } from './quickInput';
import { text } from './text';

/** The Problems view. */
export class Problems {
  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
  ) {}

  async open(): Promise<void> {
    await this.quickInput.runCommand('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel-container').first().waitFor();
  }

  /** What each entry says, its file and position included, as a screen reader reads it. */
  async entries(): Promise<string[]> {
    const drawn = await this.page
      .locator('.markers-panel-container .monaco-list-row')
      .evaluateAll((rows: DrawnElement[]) => rows.map((row) => row.getAttribute('aria-label')));
    return drawn.map(text);
  }

  async waitFor(pattern: RegExp, timeout = 15_000): Promise<string> {
    return until(
      `a problem ${String(pattern)}`,
      async () => (await this.entries()).find((entry) => pattern.test(entry)),
      timeout,
    );
  }
}
