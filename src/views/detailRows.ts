/** The rows below services, whose part is loaded when the first is expanded. */
import * as vscode from 'vscode';
import type { RowCommands } from './rowCommands';
import type { RowDetails } from './rowDetails';
import type { DetailElement, TreeElement } from './treeElement';
import { itemOf } from './treeItem';

export class DetailRows {
  #loaded: RowDetails | undefined;

  constructor(
    private readonly load: () => Promise<RowDetails>,
    private readonly commands: RowCommands,
  ) {}

  async children(row: TreeElement): Promise<DetailElement[]> {
    this.#loaded ??= await this.load();
    return [...(await this.#loaded.children(row))];
  }

  /** Its tooltip is made when the row is hovered. */
  item(element: DetailElement): vscode.TreeItem {
    const detail = this.#loaded?.detail(element);
    // VS Code may ask for a row that was just removed.
    if (detail === undefined) return new vscode.TreeItem('');
    const item = itemOf(element.key, detail);
    const { click } = detail;
    if (click !== undefined) item.command = this.commands.of(click, element.above.id ?? '');
    return item;
  }

  tooltip(element: DetailElement): string | undefined {
    return this.#loaded?.detail(element)?.tooltip;
  }

  collapsed(row: TreeElement): void {
    this.#loaded?.collapsed(row);
  }

  /** The view can be seen again. */
  shown(): void {
    this.#loaded?.shown();
  }
}
