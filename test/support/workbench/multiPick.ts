import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import type { DrawnElement } from './drawn';
import { text } from './text';

/** One row of a pick with ticks. */
export interface PickedRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly ticked: boolean;
  /** Names of the codicons in the detail. */
  readonly icons: readonly string[];
}

/** A pick of several, each row with a tick and with buttons of its own. */
export class MultiPick {
  constructor(private readonly page: Page) {}

  async rows(): Promise<PickedRow[]> {
    // No function with a name inside: what tsx adds to keep such names is missing in the page.
    const drawn = await this.list().evaluateAll((rows: DrawnElement[]) =>
      rows.map((row) => ({
        label: row.querySelector('.quick-input-list-row .label-name')?.textContent ?? '',
        description: row.querySelector('.quick-input-list-row .label-description')?.textContent ?? '',
        detail: row.querySelector('.quick-input-list-label-meta')?.textContent ?? '',
        ticked: row.querySelector('[role=checkbox], .monaco-checkbox')?.getAttribute('aria-checked') === 'true',
        icons: [...(row.querySelector('.quick-input-list-label-meta')?.querySelectorAll('.codicon') ?? [])].map(
          (icon) => /codicon-(?!modifier)([\w-]+)/.exec(icon.className)?.[1] ?? '',
        ),
      })),
    );
    return drawn.map((row) => ({
      ...row,
      label: text(row.label),
      description: text(row.description),
      detail: text(row.detail),
    }));
  }

  /** Waits until the row satisfies the condition, and gives it back; the error of a failure shows all rows. */
  async rowWhere(label: string, holds: (row: PickedRow) => boolean, timeout = 30_000): Promise<PickedRow> {
    let last: readonly PickedRow[] = [];
    const ask = async (): Promise<PickedRow | undefined> => {
      last = await this.rows();
      return last.find((row) => row.label === label && holds(row));
    };
    return until(`the row ${label}`, ask, timeout).catch((error: unknown) => {
      throw new Error(`Waited in vain for ${label}; the rows are ${JSON.stringify(last)}`, { cause: error });
    });
  }

  /** Clicks a button of a row, by the start of its title. */
  async press(label: string, button: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).locator(`.action-label[aria-label^="${button}"]`).click();
  }

  /** Clicks a button in the title, by the start of its title. */
  async pressTitle(button: string): Promise<void> {
    await this.page.locator(`.quick-input-widget .quick-input-titlebar .action-label[aria-label^="${button}"]`).click();
  }

  async toggle(label: string): Promise<void> {
    await this.row(label).locator('[role=checkbox], .monaco-checkbox').first().click();
  }

  async accept(): Promise<void> {
    const ok = this.page.locator('.quick-input-widget .quick-input-action .monaco-button').first();
    await ok.click();
    await ok.waitFor({ state: 'hidden' });
  }

  async isOpen(): Promise<boolean> {
    return this.page.locator('.quick-input-widget').isVisible();
  }

  /** The detail of a row may name the other ones. */
  private row(label: string): Locator {
    const name = this.page.locator('.quick-input-list-row:first-child .label-name').getByText(label, { exact: true });
    return this.list().filter({ has: name }).first();
  }

  private list(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row:not(:has(.quick-input-list-separator-as-item))');
  }
}
