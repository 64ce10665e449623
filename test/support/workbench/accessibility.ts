/** What axe finds on a page, and whether all of it fits into the width. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** One text per violation: the rule, and the elements that break it. */
export async function violationsIn(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axeSource);
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}

/** One text per element that reaches out of the page to the right. Lines, tables and graphs are scrolled in both directions. */
export const cutOffIn = (frame: Frame): Promise<readonly string[]> =>
  frame.evaluate<readonly string[]>(`[...document.querySelectorAll('#page *')]
    .filter((element) => element.closest('[role=log] *, table, svg, .spoken') === null)
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 120))`);
