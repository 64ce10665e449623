import { errors, type Locator, type Page } from 'playwright-core';
import { until } from '../poll';
import type { DrawnElement } from './drawn';
import { hoverText } from './hover';
import { text } from './text';

/** One row of the Services view as it is drawn. */
export interface ServiceRow {
  readonly name: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly label: string;
  /** Its part after the name and the role: the words of the state, then the whole reason. The description shows only what is short. */
  readonly state: string;
  /** Name of the codicon, such as "pass-filled"; empty without one. */
  readonly icon: string;
  /** Colour of the icon as the browser computes it, such as "rgb(115, 201, 145)". */
  readonly colour: string;
}

/** How long the view has to stay open to count as open. */
const settlingMs = 500;

export class ServicesView {
  constructor(private readonly page: Page) {}

  /** Shows the view, and waits for it. */
  async open(): Promise<void> {
    const item = this.activityBarItem();
    await item.waitFor({ timeout: 60_000 });
    const open = item.and(this.page.locator('.checked'));
    // While a window loads it may open the view just before our click, which hides it then, or another view just after it.
    await until(
      'the Services view to open',
      async () => {
        if ((await open.count()) === 0) await item.click();
        await open.waitFor({ timeout: 3000 });
        await this.page.waitForTimeout(settlingMs);
        return (await open.count()) > 0;
      },
      60_000,
    );
  }

  /** Number on the icon in the activity bar; empty without one. */
  async badge(): Promise<string> {
    const badge = this.activityBarItem().locator('.badge-content');
    return (await badge.count()) === 0 ? '' : text(await badge.first().textContent());
  }

  async rows(): Promise<ServiceRow[]> {
    // No function with a name inside: what tsx adds to keep such names is missing in the page.
    const drawn = await this.list().evaluateAll((rows: DrawnElement[]) =>
      rows.map((row) => {
        const icon = row.querySelector('.custom-view-tree-node-item-icon');
        return {
          name: row.querySelector('.label-name')?.textContent ?? '',
          description: row.querySelector('.label-description')?.textContent ?? '',
          label: row.getAttribute('aria-label') ?? '',
          icon: /(?:^|\s)codicon-(?!modifier)([\w-]+)/.exec(icon?.className ?? '')?.[1] ?? '',
          colour: icon ? getComputedStyle(icon).color : '',
        };
      }),
    );
    return drawn.map((row) => ({
      ...row,
      name: text(row.name),
      description: text(row.description),
      state: text(row.label.slice(row.label.indexOf(': ') + 2)),
    }));
  }

  /** How many CSS pixels of the text of each row have no room, by name. */
  async cutPixels(): Promise<ReadonlyMap<string, number>> {
    const cut = await this.list().evaluateAll((rows: DrawnElement[]) =>
      rows.map((row): [string, number] => {
        const words = row.querySelector('.monaco-icon-label-container');
        const missing = words === null ? Infinity : words.scrollWidth - words.clientWidth;
        return [row.querySelector('.label-name')?.textContent ?? '', missing];
      }),
    );
    return new Map(cut);
  }

  /** Background of the view as the browser computes it, such as "rgb(24, 24, 24)". */
  async background(): Promise<string> {
    return this.page.locator('.part.sidebar').evaluate((part: DrawnElement) => getComputedStyle(part).backgroundColor);
  }

  async row(name: string): Promise<ServiceRow> {
    return until(`a row "${name}" in the Services view`, async () => (await this.rows()).find((row) => row.name === name));
  }

  /** Waits until the row of a service satisfies the condition, and gives it back; the error of a failure shows the row. */
  async rowWhere(name: string, what: string, holds: (row: ServiceRow) => boolean, timeout = 30_000): Promise<ServiceRow> {
    let last: ServiceRow | undefined;
    const ask = async (): Promise<ServiceRow | undefined> => {
      last = (await this.rows()).find((row) => row.name === name);
      return last && holds(last) ? last : undefined;
    };
    return until(`${name} ${what}`, ask, timeout).catch((error: unknown) => {
      throw new Error(`Waited in vain for ${name} ${what}; its row is ${JSON.stringify(last)}`, { cause: error });
    });
  }

  /** Names of the selected rows. */
  async selected(): Promise<readonly string[]> {
    const names = this.page.locator('.part.sidebar .customview-tree .monaco-list-row.selected .label-name');
    return (await names.allTextContents()).map(text);
  }

  /**
   * Puts the keyboard's focus on a row. Not by a click, which would open the row: its terminal takes the focus then. A terminal
   * that was asked for before may take it, too, as late as it likes: the list is given it again then, and no key goes to the terminal.
   */
  async select(name: string): Promise<void> {
    const list = this.page.locator('.part.sidebar .customview-tree .monaco-list').first();
    const focused = this.page.locator('.part.sidebar .customview-tree .monaco-list-row.focused .label-name');
    const hasKeyboard = async (): Promise<boolean> =>
      (await this.page.locator('.part.sidebar .customview-tree .monaco-list:focus-within').count()) > 0;
    let before: string | undefined;
    await until(`the focus on the row "${name}"`, async () => {
      if (!(await hasKeyboard())) await list.focus();
      const now = (await focused.count()) === 1 ? text(await focused.textContent()) : undefined;
      if (now === name) return hasKeyboard();
      // Down to the end, and from the top again.
      const isOver = now === undefined || now === before;
      await this.page.keyboard.press(isOver ? 'Home' : 'ArrowDown');
      before = isOver ? undefined : now;
      return false;
    });
  }

  /**
   * Clicks an inline button of a row, by the start of its title. The button is drawn only under the pointer: a row that is drawn
   * again at another place (its view was reloaded, a row came above it) is pointed at again.
   */
  async clickAction(name: string, title: string): Promise<void> {
    await until(`a click on "${title}" of ${name}`, async () => {
      await this.rowLocator(name).hover();
      return this.action(name, title)
        .click({ timeout: 3000 })
        .then(
          () => true,
          (error: unknown) => {
            if (error instanceof errors.TimeoutError) return false;
            throw error;
          },
        );
    });
  }

  /** Shows the terminal of a service as a click on its row does. */
  async showTerminal(name: string): Promise<void> {
    await this.rowName(name).click();
  }

  /** An inline button of a row, by the start of its title; it is drawn while the row is pointed at. */
  action(name: string, title: string): Locator {
    return this.rowLocator(name).locator(`.actions .action-label:not(.disabled)[aria-label^="${title}"]`);
  }

  /** Titles of the inline buttons of a row. */
  async actions(name: string): Promise<string[]> {
    const row = this.rowLocator(name);
    await row.hover();
    return labels(row.locator('.actions .action-label[aria-label]'));
  }

  /** Clicks a button in the view's title, by the start of its title. */
  async clickTitleAction(title: string): Promise<void> {
    await this.page.locator('.part.sidebar').hover();
    await this.titleAction(title).click();
  }

  /** A button in the view's title, by the start of its title. */
  titleAction(title: string): Locator {
    // One that needs trust in the folder is disabled just after its window has opened, and a click on it does nothing.
    const buttons = `:is(.title-actions, .pane-header .actions) .action-label:not(.disabled)[aria-label^="${title}"]`;
    return this.page.locator('.part.sidebar').locator(buttons).first();
  }

  /** Presses a key with the focus on a row. */
  async press(name: string, key: string): Promise<void> {
    await this.select(name);
    await this.page.keyboard.press(key);
  }

  /** The text above the rows; empty without one. */
  async message(): Promise<string> {
    const message = this.page.locator('.part.sidebar .tree-explorer-viewlet-tree-view .message').first();
    return (await message.count()) === 0 || !(await message.isVisible()) ? '' : text(await message.innerText());
  }

  /** Opens the context menu of a row. */
  async rightClick(name: string): Promise<void> {
    await this.rowName(name).click({ button: 'right' });
    await this.page.locator('.monaco-menu .action-item').first().waitFor();
  }

  /** The hover of a row. */
  async tooltip(name: string): Promise<string> {
    return hoverText(this.page, this.rowName(name));
  }

  /** The name of a row with its description. */
  rowName(name: string): Locator {
    return this.rowLocator(name).locator('.monaco-icon-label').first();
  }

  /** Waits until the extension has read its files: there are rows, or words that there are none. */
  async somethingShown(): Promise<void> {
    const words = this.page.locator('.part.sidebar .welcome-view-content').first();
    await until('rows or words in the Services view', async () => (await this.list().count()) > 0 || words.isVisible(), 60_000);
  }

  /** The text shown when there is nothing to list, buttons included. */
  async welcome(): Promise<string> {
    return text(await this.page.locator('.part.sidebar .welcome-view-content').first().innerText());
  }

  async clickWelcomeButton(title: string): Promise<void> {
    await this.page.locator('.part.sidebar .welcome-view-content .monaco-button', { hasText: title }).click();
  }

  private activityBarItem(): Locator {
    return this.page.locator('.activitybar .action-item:has(.action-label[aria-label^="Services"])');
  }

  /** Not the rows of the view below, which names the services that were found and may be added. */
  private list(): Locator {
    const services = '.part.sidebar .pane:not(:has(.pane-header[aria-label^="Found"]))';
    return this.page.locator(`${services} .customview-tree .monaco-list-row`);
  }

  private rowLocator(name: string): Locator {
    return this.list().filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) });
  }
}

async function labels(locator: Locator): Promise<string[]> {
  return locator.evaluateAll((elements: DrawnElement[]) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
}
