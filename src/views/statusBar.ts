/** The items in the status bar. core/views/statusBar decides what they show. */
import * as vscode from 'vscode';
import type { Clock, Disposable } from '../app/ports';
import type { Change, ServiceStore } from '../app/store';
import { commandIds } from '../core/model/commandIds';
import { shownOf, statusBar } from '../core/views/statusBar';
import type { StatusBarEntry, StatusBarMode } from '../core/views/statusBar';
import { statusBarTooltip, tooltipCommands, tooltipDelay } from '../core/views/statusBarTooltip';
import { Paced } from './paced';

export class StatusBar implements Disposable {
  readonly #items = new Map<string, vscode.StatusBarItem>();
  readonly #subscriptions: readonly Disposable[];
  /** What was shown last, by service, because most probes change nothing of it. */
  readonly #shown = new Map<string, string>();
  /** Read again only when it changes: VS Code copies all settings for each reading. */
  #mode = mode();
  #tooltip = new vscode.MarkdownString();
  #nextTooltip: Disposable | undefined;
  /** VS Code reads the Markdown of the whole tooltip again whenever anything of an item changes (extHostStatusBar.ts). */
  readonly #paced: Paced;

  constructor(
    private readonly store: ServiceStore,
    private readonly clock: Clock,
  ) {
    this.#paced = new Paced(clock, () => this.#render());
    this.#subscriptions = [
      this.#paced,
      store.onDidChange((change) => this.#onStoreChange(change)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration(setting)) return;
        this.#mode = mode();
        this.#paced.request();
      }),
    ];
    this.#paced.request();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#nextTooltip?.dispose();
    this.#clear();
  }

  #onStoreChange(change: Change): void {
    if (change === 'all') this.#noteAll();
    else if ([...change].filter((id) => this.#differs(id)).length === 0) return;
    this.#paced.request();
  }

  #noteAll(): void {
    this.#shown.clear();
    for (const service of this.store.services()) this.#shown.set(service.spec.id, shownOf(service));
  }

  #differs(id: string): boolean {
    const service = this.store.get(id);
    const shown = service === undefined ? '' : shownOf(service);
    if (this.#shown.get(id) === shown) return false;
    this.#shown.set(id, shown);
    return true;
  }

  #render(): void {
    const entries = statusBar(this.store.services(), this.#mode, {
      broken: this.store.broken(),
      brokenFiles: this.store.brokenFiles(),
    });
    const keys = entries.map(({ key }) => key);
    // The order of items is fixed when they are created.
    if (keys.join('\n') !== [...this.#items.keys()].join('\n')) this.#clear();
    entries.forEach((entry, index) => this.#show(entry, index));
    // The table in the tooltip costs more than the items, and may come later.
    if (entries.length > 0) this.#nextTooltip ??= this.clock.after(tooltipDelay(this.#shown.size), () => this.#renderTooltip());
  }

  #show(entry: StatusBarEntry, index: number): void {
    const item = this.#items.get(entry.key) ?? this.#create(entry, index);
    // Every assignment is a message to the window, so only changes are assigned.
    if (item.text !== entry.text) item.text = entry.text;
    if (item.accessibilityInformation?.label !== entry.spoken)
      item.accessibilityInformation = { label: entry.spoken, role: 'button' };
    const background = backgrounds[entry.background];
    if (item.backgroundColor !== background) item.backgroundColor = background;
  }

  #create({ key, name, serviceId }: StatusBarEntry, index: number): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem(`serviceLifecycle.${key}`, vscode.StatusBarAlignment.Left, 10 - index / 1000);
    item.name = name;
    item.command = { command: commandIds.pick, title: 'Services', arguments: serviceId === undefined ? [] : [serviceId] };
    item.tooltip = this.#tooltip;
    item.show();
    this.#items.set(key, item);
    return item;
  }

  #renderTooltip(): void {
    this.#nextTooltip = undefined;
    const value = statusBarTooltip(this.store.services(), this.store.broken(), this.store.brokenFiles());
    if (value === this.#tooltip.value) return;
    this.#tooltip = new vscode.MarkdownString(value, true);
    this.#tooltip.supportHtml = true;
    this.#tooltip.isTrusted = { enabledCommands: tooltipCommands };
    for (const item of this.#items.values()) item.tooltip = this.#tooltip;
  }

  #clear(): void {
    for (const item of this.#items.values()) item.dispose();
    this.#items.clear();
  }
}

const setting = 'serviceLifecycle.statusBar';

function mode(): StatusBarMode {
  const value = vscode.workspace.getConfiguration().get<unknown>(setting);
  return modes.find((known) => known === value) ?? 'auto';
}

const modes: readonly StatusBarMode[] = ['auto', 'each', 'summary', 'off'];

/** VS Code supports this colour and one for warnings, which would be too loud here. */
const backgrounds: Readonly<Record<StatusBarEntry['background'], vscode.ThemeColor | undefined>> = {
  none: undefined,
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};
