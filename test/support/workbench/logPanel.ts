/** The tab of Show Logs, as a person and a screen reader find their way in it. */
import type { ElementHandle, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../poll';
import type { DrawnElement } from './drawn';
import { cutOffIn, violationsIn } from './accessibility';

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

  /** Title of the document on the page. */
  async title(): Promise<string> {
    return String(await (await this.#page()).evaluate('document.title'));
  }

  /** What axe finds, one text per violation. */
  async violations(): Promise<readonly string[]> {
    return violationsIn(await this.#page());
  }

  /** What reaches out of the page. */
  async cutOff(): Promise<readonly string[]> {
    return cutOffIn(await this.#page());
  }

  /** How the text of a line keeps its direction from what is beside it. */
  isolation(): Promise<string> {
    const text = this.log.locator('.line .text').first();
    return text.evaluate((element: DrawnElement) => getComputedStyle(element).unicodeBidi);
  }

  /** How long the page takes to draw two frames (ms). */
  async frameTime(): Promise<number> {
    const page = await this.#page();
    return page.evaluate<number>(`(async () => {
      const began = performance.now();
      for (let count = 0; count < 2; count += 1) await new Promise(requestAnimationFrame);
      return performance.now() - began;
    })()`);
  }

  /** Shows the lines of a service, or hides them. */
  async choose(service: string, isChosen: boolean): Promise<void> {
    await this.frame.getByRole('checkbox', { name: service }).setChecked(isChosen);
  }

  /**
   * Clicks the box of a service, and "Timestamps", so that the page is drawn before the extension can respond to the first.
   * Whether the box was checked, in each frame of the next second.
   */
  async framesAfterClick(service: string): Promise<readonly boolean[]> {
    const page = await this.#page();
    return page.evaluate<readonly boolean[]>(`(async () => {
      const rows = [...document.querySelectorAll('.services li')];
      const box = rows.find((row) => row.querySelector('.service').textContent === ${JSON.stringify(service)}).querySelector('input');
      box.click();
      [...document.querySelectorAll('label')].find((label) => label.textContent.includes('Timestamps')).click();
      const states = [];
      for (const began = performance.now(); performance.now() - began < 1000; ) {
        await new Promise(requestAnimationFrame);
        states.push(box.checked);
      }
      return states;
    })()`);
  }

  /** Goes back to the tab, whose page is loaded again. */
  async showTab(): Promise<void> {
    await this.page.locator('.tabs-container .tab', { hasText: 'Services Log' }).click();
    await this.ready();
  }

  /** Waits for another editor in front. */
  async waitForEditor(title: string): Promise<void> {
    await this.page.locator('.tabs-container .tab.active', { hasText: title }).waitFor({ timeout: 30_000 });
  }

  async #page(): Promise<Frame> {
    const handle = await this.log.elementHandle();
    const frame = await (handle as ElementHandle | null)?.ownerFrame();
    if (!frame) throw new Error('The log is in no frame.');
    return frame;
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
