/** VS Code's window, as a person sees it. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../poll';
import { resultsFolder } from '../repository';
import { Dialog } from './dialog';
import { Notifications } from './notifications';
import { Problems } from './problems';
import { QuickInput } from './quickInput';
import { ServicesView } from './servicesView';
import { StatusBar } from './statusBar';
import { TerminalPanel } from './terminalPanel';
import { TestingView } from './testingView';

export class Workbench {
  readonly services: ServicesView;
  readonly terminals: TerminalPanel;
  readonly statusBar: StatusBar;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly problems: Problems;
  readonly quickInput: QuickInput;
  readonly testing: TestingView;

  constructor(readonly page: Page) {
    this.quickInput = new QuickInput(page);
    this.services = new ServicesView(page);
    this.terminals = new TerminalPanel(page, this.quickInput);
    this.statusBar = new StatusBar(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    this.problems = new Problems(page, this.quickInput);
    this.testing = new TestingView(page);
  }

  /** Resolves when the window is drawn and takes commands. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .activitybar .action-item').first().waitFor();
  }

  /** Runs a command of the palette by its whole title, such as "Services: Restart Backend". */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** Reloads the window as the command does. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Drags the border of the side bar until the side bar ends at this x. */
  async widenSidebar(x: number): Promise<void> {
    const sidebar = await this.page.locator('.part.sidebar').boundingBox();
    if (sidebar === null) throw new Error('There is no side bar to widen.');
    await this.page.mouse.move(sidebar.x + sidebar.width, 300);
    await this.page.mouse.down();
    await this.page.mouse.move(x, 300, { steps: 5 });
    await this.page.mouse.up();
    // The border is highlighted while the pointer is on it.
    await this.page.mouse.move(1000, 250);
  }

  /** Closes the tab as a person does, its unload handlers included. */
  async close(): Promise<void> {
    await this.page.close({ runBeforeUnload: true });
    await until('the tab to close', () => this.page.isClosed());
  }

  /** Text of the editor in front, as far as it is scrolled into view. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.editor-instance .view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Opens a file of the workspace by its name, and waits until it is drawn. */
  async openFile(name: string): Promise<void> {
    await this.quickInput.openFile(name);
    await this.page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Types at the beginning of the editor in front. */
  async typeInEditor(typed: string): Promise<void> {
    await this.page.locator('.editor-instance .view-line').first().click();
    await this.page.keyboard.press('Control+Home');
    await this.page.keyboard.type(typed);
  }

  async hasUnsavedEditor(): Promise<boolean> {
    return (await this.page.locator('.tabs-container .tab.dirty').count()) > 0;
  }

  /** What the editor in front says in a hover over a text of it. */
  async hoverInEditor(shown: string): Promise<string> {
    const word = this.page.locator('.editor-instance .view-line span span', { hasText: shown }).first();
    return until(`a hover over ${shown}`, async () => {
      await this.page.mouse.move(5, 5);
      await word.hover();
      const hover = this.page.locator('.monaco-hover.fade-in, .monaco-resizable-hover .monaco-hover').first();
      await hover.waitFor({ timeout: 3000 });
      const said = (await hover.innerText()).trim();
      return said !== '' && !said.startsWith('Loading') && said;
    });
  }

  /** Labels that the editor in front offers at the end of a line (from 1), as far as the list shows them. */
  async completionsAt(line: number): Promise<string[]> {
    await this.page.locator('.editor-instance .view-line').first().click();
    await this.page.keyboard.press('Control+Home');
    for (let below = 1; below < line; below += 1) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('End');
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    return until('completions', async () => {
      await this.page.keyboard.press('Control+Space');
      await rows.first().waitFor({ timeout: 3000 });
      return rows.allInnerTexts();
    });
  }

  /** Titles of the open editors. */
  async editorTitles(): Promise<string[]> {
    return this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }

  /** Into SCREENSHOTS, when that names a folder, or test-results. Gives back the file. */
  async screenshot(name: string): Promise<string> {
    const file = join(process.env['SCREENSHOTS'] ?? resultsFolder, `${name}.png`);
    await mkdir(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }
}
