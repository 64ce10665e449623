import type { Locator, Page } from 'playwright-core';
import { until } from '../poll';
import type { QuickInput } from './quickInput';
import { text } from './text';

/** The terminals, by their tabs in the panel. */
export class TerminalPanel {
  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
  ) {}

  /** Opens a terminal of the person's own and waits for its prompt. */
  async openNew(): Promise<void> {
    await this.quickInput.runCommand('Terminal: Create New Terminal');
    await until('a prompt in the new terminal', async () => /[$#%>]\s*$/.test(await this.text()));
  }

  /** Titles of the terminals, as far as the panel shows them. */
  async titles(): Promise<string[]> {
    const drawn = await this.tabs().locator('.label-name').allInnerTexts();
    return drawn.map(text);
  }

  async show(title: string): Promise<void> {
    await this.tab(title).click();
  }

  /** Types into the terminal in front. */
  async type(line: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  async pressCtrlC(): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('Control+c');
  }

  /** Closes a terminal by the button of its tab, or the one in front. */
  async close(title?: string): Promise<void> {
    if (title === undefined) {
      await this.quickInput.runCommand('Terminal: Kill the Active Terminal Instance');
      return;
    }
    await this.tab(title).hover();
    await this.tab(title).locator('.action-label.codicon-trash, .action-label.codicon-trashcan').click();
  }

  /** What the terminal in front shows, without the empty lines at its end. */
  async text(): Promise<string> {
    const lines = await this.page.locator('.part.panel .terminal-wrapper.active .xterm-rows > div').allTextContents();
    return lines
      .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  async waitForText(pattern: RegExp, timeout = 15_000): Promise<string> {
    return until(`${String(pattern)} in the terminal`, async () => pattern.exec(await this.text())?.[0], timeout);
  }

  /** The header of a long output, which stays in sight, has a screen of its own. */
  private async focus(): Promise<void> {
    await this.page.locator('.part.panel .terminal-wrapper.active .xterm-screen').first().click();
  }

  private tabs(): Locator {
    return this.page.locator('.part.panel .tabs-list .monaco-list-row');
  }

  private tab(title: string): Locator {
    return this.tabs().filter({ hasText: title }).first();
  }
}
