/** The dashboard's tab, by the names that a screen reader reads. */
import type { ElementHandle, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../poll';
import { cutOffIn, violationsIn } from './accessibility';

const patience = 60_000;

export class DashboardPage {
  constructor(private readonly page: Page) {}

  /** VS Code puts a page into a frame in a frame, and replaces both when it shows the tab again. */
  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  get away(): Locator {
    return this.frame.locator('.dash-away').getByRole('status');
  }

  get grid(): Locator {
    return this.frame.getByRole('grid', { name: 'Services' });
  }

  /** The row of a service. */
  row(id: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.frame.getByRole('rowheader', { name: id, exact: true }) });
  }

  tab(name: string): Locator {
    return this.frame.getByRole('tab', { name });
  }

  get incidents(): Locator {
    return this.frame.getByRole('list', { name: 'Incidents' }).getByRole('button');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Resolves when its list is drawn. */
  async ready(): Promise<void> {
    await this.grid.getByRole('rowheader').first().waitFor({ timeout: patience });
  }

  async waitForRow(id: string, text: string | RegExp): Promise<void> {
    await this.row(id).filter({ hasText: text }).waitFor({ timeout: patience });
  }

  async show(tab: string): Promise<void> {
    await this.tab(tab).click();
    await this.frame.getByRole('tab', { name: tab, selected: true }).waitFor({ timeout: patience });
  }

  /** What axe finds, one text per violation. */
  async violations(): Promise<readonly string[]> {
    return violationsIn(await this.#pageFrame());
  }

  /** What reaches out of the page. */
  async cutOff(): Promise<readonly string[]> {
    return cutOffIn(await this.#pageFrame());
  }

  /** In any language. */
  #pageFrame(): Promise<Frame> {
    return until('the frame of the dashboard', async () => {
      const handle = await this.frame.locator('.dash').elementHandle();
      return (await (handle as ElementHandle | null)?.ownerFrame()) ?? undefined;
    });
  }
}
