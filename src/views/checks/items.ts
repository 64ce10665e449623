/** Updates the tests of VS Code's Test Explorer. Unchanged items are not touched, so that nothing flickers. */
import type * as vscode from 'vscode';
import type { Entry, Suite } from '../../core/checks/checkSuites';
import { rangeIn } from '../textRange';

/** A services.json with its latest content. */
export interface SuiteFile {
  readonly uri: vscode.Uri;
  readonly folder: string;
  readonly text: string;
}

export function keepItems(controller: vscode.TestController, suites: readonly Suite[], files: readonly SuiteFile[]): void {
  keep(controller.items, suites, (suite, index) => {
    const file = files.find(({ folder }) => folder === suite.folder);
    const item = itemFor(controller, controller.items.get(suite.id), suite, file?.uri);
    updateItem(item, suite, index, file?.text);
    keep(item.children, suite.tests, (test, place) => {
      const child = itemFor(controller, item.children.get(test.id), test, file?.uri);
      updateItem(child, test, place, file?.text);
      return child;
    });
    return item;
  });
}

/** Adds and removes items. */
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

/** Returns the present item, or a new one when its file has changed, because the file of an item is read-only. */
function itemFor(
  controller: vscode.TestController,
  present: vscode.TestItem | undefined,
  entry: Entry,
  uri: vscode.Uri | undefined,
): vscode.TestItem {
  const isSame = present !== undefined && (uri === undefined || present.uri?.toString() === uri.toString());
  return isSame ? present : controller.createTestItem(entry.id, entry.label, uri);
}

/** Assigns only changes, because each assignment is a message to the window. */
function updateItem(item: vscode.TestItem, { label, range }: Entry, index: number, text: string | undefined): void {
  if (item.label !== label) item.label = label;
  // Keeps the order of the file.
  const sortText = String(index).padStart(4, '0');
  if (item.sortText !== sortText) item.sortText = sortText;
  if (range === undefined || text === undefined) return;
  const place = rangeIn(text, range);
  if (item.range?.isEqual(place) !== true) item.range = place;
}
