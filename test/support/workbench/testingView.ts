import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import type { DrawnElement } from './drawn';
import { text } from './text';

/** The Test Explorer. */
export class TestingView {
  constructor(private readonly page: Page) {}

  /** What each row says, as a screen reader reads it: "Orders (Failed)". */
  async rows(): Promise<string[]> {
    const drawn = await this.list().evaluateAll((rows: DrawnElement[]) => rows.map((row) => row.getAttribute('aria-label')));
    return drawn.map(text);
  }

  /** Waits for a row. */
  async waitFor(pattern: RegExp, timeout = 15_000): Promise<string> {
    let last: readonly string[] = [];
    const ask = async (): Promise<string | undefined> => {
      last = await this.rows();
      return last.find((row) => pattern.test(row));
    };
    return until(`a test ${String(pattern)}`, ask, timeout).catch((error: unknown) => {
      throw new Error(`There is no test ${String(pattern)} among: ${last.join('; ')}`, { cause: error });
    });
  }

  /** Opens a suite, unless it is open. */
  async expand(name: string): Promise<void> {
    const row = this.row(name);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
  }

  /** Presses the button of a row that runs it. */
  async run(name: string): Promise<void> {
    await this.row(name).hover();
    await this.row(name).locator('.action-label[aria-label^="Run Test"]').click();
  }

  private row(name: string): Locator {
    return this.page.locator(`.test-explorer .monaco-list-row[aria-label^="${name} "]`).first();
  }

  private list(): Locator {
    return this.page.locator('.test-explorer .monaco-list-row');
  }
}
