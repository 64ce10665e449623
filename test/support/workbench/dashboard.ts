/** The dashboard's tab, by the names that a screen reader reads. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../poll';

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
    const frame = await this.#pageFrame();
    await frame.evaluate(axeSource);
    return frame.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    });
  }

  #pageFrame(): Promise<Frame> {
    return until('the frame of the dashboard', async () => {
      for (const frame of this.page.frames()) if ((await frame.title().catch(() => '')) === 'Services Dashboard') return frame;
      return undefined;
    });
  }
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
