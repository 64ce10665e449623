/** Keeps the tests of VS Code's Test Explorer like the suites: what has not changed is not touched, so that nothing flickers. */
import type * as vscode from 'vscode';
import type { Entry, Suite } from '../../core/checks/checkSuites';
import { rangeIn } from '../textRange';

/** A services.json as it was read last. */
export interface SuiteFile {
  readonly uri: vscode.Uri;
  readonly folder: string;
  readonly text: string;
}

export function keepItems(controller: vscode.TestController, suites: readonly Suite[], files: readonly SuiteFile[]): void {
  keep(controller.items, suites, (suite, index) => {
    const file = files.find(({ folder }) => folder === suite.folder);
    const item = itemFor(controller, controller.items.get(suite.id), suite, file?.uri);
    bring(item, suite, index, file?.text);
    keep(item.children, suite.tests, (test, place) => {
      const child = itemFor(controller, item.children.get(test.id), test, file?.uri);
      bring(child, test, place, file?.text);
      return child;
    });
    return item;
  });
}

/** Adds what is new, and removes what is gone. */
function keep<T extends Entry>(
  items: vscode.TestItemCollection,
  entries: readonly T[],
  itemOf: (entry: T, index: number) => vscode.TestItem,
): void {
  const ids = new Set(entries.map(({ id }) => id));
  for (const id of [...items].map(([each]) => each)) if (!ids.has(id)) items.delete(id);
  for (const [index, entry] of entries.entries()) {
    const item = itemOf(entry, index);
    if (items.get(entry.id) !== item) items.add(item);
  }
}

/** The item that is there, unless its file is another one now: that cannot be changed. */
function itemFor(
  controller: vscode.TestController,
  present: vscode.TestItem | undefined,
  entry: Entry,
  uri: vscode.Uri | undefined,
): vscode.TestItem {
  const isSame = present !== undefined && (uri === undefined || present.uri?.toString() === uri.toString());
  return isSame ? present : controller.createTestItem(entry.id, entry.label, uri);
}

/** Sets only what differs: each assignment is sent to the window. */
function bring(item: vscode.TestItem, { label, range }: Entry, index: number, text: string | undefined): void {
  if (item.label !== label) item.label = label;
  // Sorted by this, in the order of the file.
  const sortText = String(index).padStart(4, '0');
  if (item.sortText !== sortText) item.sortText = sortText;
  if (range === undefined || text === undefined) return;
  const place = rangeIn(text, range);
  if (item.range?.isEqual(place) !== true) item.range = place;
}
