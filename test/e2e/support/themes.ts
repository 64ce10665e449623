/** The kinds of themes, with the classes that VS Code's window and the pages in it have in them. */
import type { FrameLocator } from 'playwright-core';
import { until } from '../../support/poll';
import type { Session } from '../../support/workbench/session';
import type { Workbench } from '../../support/workbench/workbench';

const themes = {
  'Default Dark Modern': ['vs-dark', 'vscode-dark'],
  'Default Light Modern': ['vs', 'vscode-light'],
  'Default High Contrast': ['hc-black', 'vscode-high-contrast'],
  'Default High Contrast Light': ['hc-light', 'vscode-high-contrast-light'],
} as const;

export type ThemeName = keyof typeof themes;

export const themeNames = Object.keys(themes) as readonly ThemeName[];

/** Changes the theme of an open window, and waits until the window has it, and the page in front, if one is given. */
export async function changeTheme(
  session: Session,
  { page }: Workbench,
  theme: ThemeName,
  inFront?: FrameLocator,
): Promise<void> {
  const [ofWindow, ofPage] = themes[theme];
  await session.write('.vscode/settings.json', { 'workbench.colorTheme': theme });
  await until(`the theme ${theme}`, async () => (await page.locator(`.monaco-workbench.${ofWindow}`).count()) > 0);
  await inFront?.locator(`body.${ofPage}`).waitFor();
}
