/** The Services view. core/views/tree decides what it shows; this file passes it to VS Code. */
import * as vscode from 'vscode';
import type { Clock, Disposable } from '../app/ports';
import type { Change, ServiceStore } from '../app/store';
import { hasSameRows, outline } from '../core/views/outline';
import type { Outline } from '../core/views/outline';
import { configMessage, whereAndWhy } from '../core/views/brokenFiles';
import { filtered } from '../core/views/filter';
import { brokenTooltip } from '../core/views/tooltip';
import { t } from '../core/wording/l10n';
import { badge, row, tree } from '../core/views/tree';
import type { TreeNode } from '../core/views/tree';
import { holdsForPicks } from '../messages/showPick';
import { DetailRows } from './detailRows';
import { DrawnRows } from './drawnRows';
import { FocusedElement } from './focusedElement';
import { currentGrouping, groupingSetting } from './grouping';
import { HoveredRows } from './hoveredRows';
import { Redraw } from './redraw';
import type { RowDetails } from './rowDetails';
import { RowCommands } from './rowCommands';
import { ToggledRows } from './toggledRows';
import type { RowMemory } from './toggledRows';
import { isDetail } from './treeElement';
import type { TreeElement } from './treeElement';
import { rowDefault, treeItem } from './treeItem';
import { usageInRows, usageSetting } from './usageInRows';
import { Verdicts } from './verdicts';
import type { TooltipSources } from './verdicts';

/** What is loaded later, and what is remembered. */
export interface TreeSources {
  readonly tooltips: TooltipSources;
  readonly memory: RowMemory;
  /** Loads what is below the rows of services. */
  readonly details: () => Promise<RowDetails>;
}

export class ServicesTree implements vscode.TreeDataProvider<TreeElement>, Disposable {
  readonly #changed = new vscode.EventEmitter<TreeElement[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #shown = new vscode.EventEmitter<void>();
  /** Fires when the view becomes visible. */
  readonly onDidShow = this.#shown.event;
  readonly #view: vscode.TreeView<TreeElement>;
  readonly #focused: FocusedElement<TreeElement>;
  readonly #elements = new Map<string, TreeElement>();
  readonly #commands = new RowCommands();
  readonly #redraw: Redraw<TreeElement>;
  readonly #subscriptions: readonly Disposable[];
  readonly #drawn: DrawnRows;
  readonly #hovered: HoveredRows<TreeElement>;
  readonly #verdicts: Verdicts;
  readonly #toggled: ToggledRows;
  readonly #details: DetailRows;
  #outline: Outline;
  #filter = '';
  #usage = usageInRows();

  constructor(
    private readonly store: ServiceStore,
    clock: Clock,
    { tooltips, memory, details }: TreeSources,
  ) {
    this.#toggled = new ToggledRows(memory);
    this.#details = new DetailRows(details, this.#commands);
    this.#verdicts = new Verdicts(tooltips, clock);
    this.#drawn = new DrawnRows(clock);
    this.#outline = this.#read();
    this.#redraw = new Redraw(clock, (rows) => {
      this.#changed.fire(rows);
    });
    this.#hovered = new HoveredRows(clock, (element) => {
      this.#release(element);
    });
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this });
    this.#focused = new FocusedElement(this.#view);
    this.#toggled.watch(this.#view, ({ key }) => {
      const node = this.#outline.nodes.get(key);
      return (node && rowDefault(node)) ?? 'collapsed';
    });
    this.#subscriptions = [
      this.#changed,
      this.#shown,
      this.#view.onDidChangeVisibility(({ visible }) => visible && this.#becameVisible()),
      this.#view,
      this.#focused,
      this.#toggled,
      this.#view.onDidCollapseElement(({ element }) => this.#details.collapsed(element)),
      this.#commands,
      this.#redraw,
      holdsForPicks(() => this.#redraw.hold()),
      this.#hovered,
      store.onDidChange((change) => this.#onStoreChange(change)),
      store.onDidMeasure((ids) => this.#onMeasure(ids)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(groupingSetting)) this.#onStoreChange('all');
        if (!change.affectsConfiguration(usageSetting)) return;
        this.#usage = usageInRows();
        this.#drawn.retain(new Set());
        this.#redraw.rows(this.#changedElements(this.#outline.nodes.keys()));
      }),
    ];
    this.#renderFrame();
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** The id of the service whose row is selected; undefined while the view is hidden. */
  get selectedId(): string | undefined {
    return this.#view.visible ? this.#view.selection[0]?.id : undefined;
  }

  /** Returns the row with the keyboard focus; only for a keybinding that ran `list.toggleSelection` just before. */
  focusedRow(): TreeElement | undefined {
    return this.#focused.restore();
  }

  get filterText(): string {
    return this.#filter;
  }

  /** Shows only matching rows; an empty text shows all. The filter of VS Code's lists keeps every row that can be expanded. */
  filter(text: string): void {
    if (text === this.#filter) return;
    this.#filter = text;
    void vscode.commands.executeCommand('setContext', 'serviceLifecycle.isFiltered', text !== '');
    this.#onStoreChange('all');
  }

  /** Draws rows below services again, or such a service with all that is below it. */
  draw(rows: readonly TreeElement[]): void {
    this.#redraw.rows(
      rows.filter((each) => {
        const shown = isDetail(each) ? each.above : each;
        return this.#elements.get(shown.key) === shown;
      }),
    );
  }

  /** Selects the row of a service, and gives it the keyboard focus. */
  async reveal(id: string): Promise<void> {
    if (!this.#outline.rows.has(id)) this.filter('');
    const [key] = this.#outline.rows.get(id) ?? [];
    const element = key === undefined ? undefined : this.#elements.get(key);
    if (element !== undefined) await this.#view.reveal(element, { select: true, focus: true });
  }

  getChildren(element?: TreeElement): TreeElement[] | Promise<TreeElement[]> {
    if (element === undefined) return this.#outline.roots.map((node) => this.#element(node));
    const node = this.#outline.nodes.get(element.key);
    if (node?.kind === 'service') return this.#details.children(element);
    return node !== undefined && 'children' in node ? node.children.map((child) => this.#element(child)) : [];
  }

  getParent(element: TreeElement): TreeElement | undefined {
    if (isDetail(element)) return element.above;
    const parent = this.#outline.parents.get(element.key);
    return parent === undefined ? undefined : this.#elements.get(parent);
  }

  getTreeItem(element: TreeElement): vscode.TreeItem {
    if (isDetail(element)) return this.#details.item(element);
    const node = this.#outline.nodes.get(element.key);
    // VS Code may ask for a row that was just removed.
    if (node === undefined) return new vscode.TreeItem('');
    return treeItem(node, this.#drawn.of(node) ?? row(node, this.#usage), this.#commands, this.#toggled.has(element.key));
  }

  async resolveTreeItem(item: vscode.TreeItem, element: TreeElement): Promise<vscode.TreeItem> {
    if (isDetail(element)) {
      item.tooltip = this.#details.tooltip(element);
      return item;
    }
    const node = this.#outline.nodes.get(element.key);
    if (node?.kind === 'service') item.tooltip = await this.#verdicts.tooltip(node.service);
    if (node?.kind === 'file') item.tooltip = whereAndWhy(node.file);
    if (node?.kind === 'broken') item.tooltip = new vscode.MarkdownString(brokenTooltip(node.broken));
    this.#hovered.add(element);
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** While nobody saw them, rows were drawn for another state only. */
  #becameVisible(): void {
    this.#redraw.rows(this.#changedElements(this.#outline.nodes.keys()));
    this.#details.shown();
    this.#shown.fire();
  }

  /** Draws a row whose figure and tooltip may have become outdated. */
  #release(element: TreeElement): void {
    const node = this.#outline.nodes.get(element.key);
    if (node === undefined) return;
    this.#drawn.set(node, row(node, this.#usage));
    this.#redraw.rows([element]);
  }

  #onStoreChange(change: Change): void {
    const changed = change === 'all' ? this.#readAgain() : this.#changedElements(this.#takeOver(change, () => true));
    if (changed.length === 0 && change !== 'all') return;
    this.#redraw.rows(changed);
    this.#renderFrame();
  }

  /** Makes no row that could not be drawn yet. */
  #onMeasure(ids: ReadonlySet<string>): void {
    const outdated = this.#takeOver(ids, (node) => this.isVisible && this.#drawn.hasOutdatedFigures(node, this.#usage));
    if (outdated.length > 0) this.#redraw.rows(this.#changedElements(outdated));
  }

  /** Returns the rows that have changed. */
  #readAgain(): readonly TreeElement[] {
    const before = this.#outline;
    this.#outline = this.#read();
    if (!hasSameRows(before, this.#outline)) this.#redraw.all();
    for (const key of this.#elements.keys()) if (!this.#outline.nodes.has(key)) this.#elements.delete(key);
    this.#drawn.retain(this.#outline.nodes);
    const ids = new Set([...this.#outline.nodes.values()].flatMap((node) => idOf(node) ?? []));
    this.#commands.retain(new Set([...ids, ...this.store.brokenFiles().map(({ folder }) => folder)]));
    this.#verdicts.retain(ids);
    return this.#changedElements(this.#outline.nodes.keys());
  }

  /** Reads the changed services, and only these: with a hundred of them all would cost most of a probe. Returns the wanted keys. */
  #takeOver(changed: ReadonlySet<string>, isWanted: (node: TreeNode) => boolean): readonly string[] {
    const keys: string[] = [];
    for (const id of changed) {
      for (const key of this.#outline.rows.get(id) ?? []) {
        const before = this.#outline.nodes.get(key);
        const service = before?.kind === 'service' ? this.store.get(before.service.spec.id) : undefined;
        if (before?.kind !== 'service' || service === undefined) continue;
        const node: TreeNode = { ...before, service };
        this.#outline.nodes.set(key, node);
        if (isWanted(node)) keys.push(key);
      }
    }
    return keys;
  }

  #read(): Outline {
    const rows = tree(this.store.services(), this.store.broken(), this.store.brokenFiles(), currentGrouping());
    return outline(filtered(rows, this.#filter));
  }

  #changedElements(keys: Iterable<string>): TreeElement[] {
    return [...keys].flatMap((key) => {
      const node = this.#outline.nodes.get(key);
      if (node === undefined || 'children' in node) return [];
      const element = this.#element(node);
      const now = row(node, this.#usage);
      const figures = this.isVisible && !this.#hovered.has(element) ? 'seen' : 'unseen';
      if (!this.#drawn.isOutdated(key, now, figures)) return [];
      this.#drawn.set(node, now);
      this.#hovered.delete(element);
      return [element];
    });
  }

  #element(node: TreeNode): TreeElement {
    const known = this.#elements.get(node.key);
    if (known !== undefined) return known;
    const element: TreeElement = { key: node.key, id: idOf(node) };
    this.#elements.set(node.key, element);
    return element;
  }

  /** Updates what is around the rows: the badge and the message. */
  #renderFrame(): void {
    const { value, tooltip } = badge(this.store.services(), this.store.broken(), this.store.brokenFiles()) ?? {
      value: 0,
      tooltip: '',
    };
    const message = configMessage(this.store.brokenFiles()) ?? (this.#filter && t('Filter: {0}', this.#filter));
    if (message !== (this.#view.message ?? '')) this.#view.message = message;
    const shown = this.#view.badge;
    if (value !== (shown?.value ?? 0) || tooltip !== (shown?.tooltip ?? ''))
      this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}

const viewId = 'serviceLifecycle.services';

function idOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'folder':
    case 'group':
    case 'file':
      return undefined;
    case 'service':
      return node.service.spec.id;
    case 'broken':
      return node.broken.id;
  }
}
