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

/** One text per element that reaches out of the page to the right, and cannot be scrolled to within a part of the page. */
export const cutOffIn = (frame: Frame): Promise<readonly string[]> =>
  frame.evaluate<readonly string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    const isScrolled = (element) => {
      for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== 'visible' && at.scrollWidth > at.clientWidth) return true;
      return false;
    };
    return [...document.querySelectorAll('#page *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !isScrolled(element))
      .map((element) => element.outerHTML.slice(0, 120));
  })()`);
