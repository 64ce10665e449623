import { errors, type Locator, type Page } from 'playwright-core';
import type { DrawnElement } from './drawn';
import { until } from '../poll';
import { text } from './text';

const settlingMs = 500;
/** Of each step until a row is chosen: after one that fails, the pick is shown again. */
const stepMs = 5000;

/** The command palette, picks and input boxes. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  async runCommand(title: string): Promise<void> {
    await this.chooseInPalette(`>${title}`, title);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.chooseInPalette(name, name);
  }

  /** Waits for a pick and gives back its rows, description included. */
  async items(): Promise<string[]> {
    await this.rows().first().waitFor();
    return (await this.labels()).map(text);
  }

  /**
   * Opens a pick, again when it closes within half a second: a view whose row is drawn again just then takes the focus back, which
   * closes the pick (CustomTreeView.doRefresh of VS Code).
   */
  async open(show: () => Promise<void>): Promise<void> {
    const row = this.rows().first();
    const stays = async (): Promise<boolean> => {
      await show();
      await row.waitFor({ timeout: 10_000 });
      await this.page.waitForTimeout(settlingMs);
      return row.isVisible();
    };
    await until('a pick that stays open', stays, 40_000);
  }

  /** Chooses the first row that begins so, after the name of its icon. */
  async choose(start: string): Promise<void> {
    await isGone(await this.clickRow(start));
  }

  /**
   * Chooses a row of the pick that `open` shows, and shows it again when it was closed before the click: VS Code closes a pick whenever
   * the focus leaves it.
   */
  async chooseFrom(open: () => Promise<void>, start: string): Promise<void> {
    const click = async (): Promise<Locator | undefined> => {
      await open();
      return this.clickRow(start, stepMs).catch((error: unknown) => {
        if (error instanceof errors.TimeoutError) return undefined;
        throw error;
      });
    };
    await isGone(await until(`"${start}" to be chosen`, click, 30_000));
  }

  async type(value: string): Promise<void> {
    await this.input().fill(value);
    await this.page.keyboard.press('Enter');
  }

  async dismiss(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.input().waitFor({ state: 'hidden' });
  }

  private async chooseInPalette(typed: string, start: string): Promise<void> {
    await this.chooseFrom(async () => {
      // An open palette keeps the list that it began with: just after a window has opened, without what needs trust in the folder.
      if (await this.input().isVisible()) await this.dismiss();
      await this.page.keyboard.press('F1');
      await this.input().waitFor({ timeout: stepMs });
      await this.input().fill(typed, { timeout: stepMs });
    }, start);
  }

  private async clickRow(start: string, timeout?: number): Promise<Locator> {
    const begins = (label: string): boolean => label.startsWith(start) || withoutIcon(label).startsWith(start);
    const label = await until(`a row "${start}"`, async () => (await this.labels()).find(begins), timeout);
    const row = this.page.locator(`.quick-input-list .monaco-list-row[aria-label=${JSON.stringify(label)}]`).first();
    // The rows of a pick that lost the focus stay in the page, hidden.
    await row.click({ timeout: 8000 });
    return row;
  }

  private async labels(): Promise<string[]> {
    return this.rows().evaluateAll((rows: DrawnElement[]) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  private input(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  private rows(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row');
  }
}

/** A label begins with the names of its icons, such as "debug-start  Start". */
export const withoutIcon = (label: string): string => label.replace(/^(?:[a-z][a-z-]*[ \u00a0]{1,2})(?=\S)/, '');

/** A command may show a next pick at once, so only the chosen row has to go. */
const isGone = (row: Locator): Promise<void> => row.waitFor({ state: 'hidden' });
