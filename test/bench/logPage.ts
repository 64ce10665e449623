/** The page of Show Logs alone in a browser: how long 100,000 lines take until they are drawn and searched, and how a million scrolls. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packLines } from '../../src/core/logs/packedLines';
import type { LogToPage } from '../../src/core/logs/logMessages';
import { launchChromium } from '../support/editor/chromium';
import { npm } from '../support/run';
import { repositoryRoot } from '../support/repository';
import type { Group } from './context';
import { longLinesRow, storeRow } from './kept';
import { atMost, figure } from './row';
import type { Row } from './row';

const many = 100_000;
const most = 1_000_000;
/** Every so many lines contain what is searched for. */
const every = 100;
const maxOpenMs = 200;
/** 60 frames a second. */
const maxFrameMs = 17;

export const logPage: Group = {
  name: 'logs',
  async measure({ full, say }) {
    const { code, output } = await npm(['run', '--silent', 'build'], { cwd: repositoryRoot, output: 'keep' });
    if (code !== 0) throw new Error(output);
    const browser = await launchChromium();
    try {
      const opened: number[] = [];
      const searched: number[] = [];
      for (let round = 0; round < (full ? 10 : 5); round += 1) {
        const page = await openPage(await browser.newPage());
        const { open, search } = await timesOf(page, many);
        opened.push(open);
        searched.push(search);
        await page.close();
      }
      say(`a million lines are scrolled through`);
      // A screen with two pixels for one cannot lay out a million lines in full height: their last one has to be seen there, too.
      const sharp = await openPage(await browser.newPage({ deviceScaleFactor: 2 }));
      await timesOf(sharp, most);
      await sharp.close();
      const page = await openPage(await browser.newPage());
      await timesOf(page, most);
      const frames = await framesOf(page);
      const goal = `<= ${maxOpenMs}`;
      const rows: readonly Row[] = [
        storeRow(),
        longLinesRow(),
        {
          what: '100,000 lines of a log drawn',
          unit: 'ms',
          ours: figure(opened),
          peers: [],
          goal,
          met: isMet(opened, maxOpenMs),
        },
        { what: '100,000 lines searched', unit: 'ms', ours: figure(searched), peers: [], goal, met: isMet(searched, maxOpenMs) },
        {
          ...{ what: '1,000,000 lines scrolled: a frame', unit: 'ms', ours: figure(frames), peers: [] },
          ...{ goal: `median <= ${maxFrameMs}`, met: isMet(frames, maxFrameMs) },
        },
      ];
      return rows;
    } finally {
      await browser.close();
    }
  },
};

const isMet = (values: readonly number[], limit: number): boolean => atMost(figure(values).median, limit);

const built = (file: string): string => readFileSync(join(repositoryRoot, 'dist', 'webview', file), 'utf8');

/** VS Code's part is played by the page itself. */
async function openPage(page: Page): Promise<Page> {
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.setContent('<!DOCTYPE html><html lang="en"><body class="vscode-dark"><main id="page"></main></body></html>');
  await page.addStyleTag({ content: built('log.css') });
  await page.evaluate(`window.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });`);
  await page.addScriptTag({ content: built('log.js') });
  await page.locator('[role=log]').waitFor();
  return page;
}

async function timesOf(page: Page, count: number): Promise<{ readonly open: number; readonly search: number }> {
  const lines = Array.from({ length: count }, (_, index) => ({
    ...{ at: 1_700_000_000_000 + index, service: index % 3 === 0 ? 'frontend' : 'backend', run: 'r1' },
    text: `INFO:     127.0.0.1:50112 - "GET /items/${index} HTTP/1.1" ${index % every === 0 ? '500 kaput' : '200 OK'}`,
  }));
  const services = ['backend', 'frontend'].map((name) => ({ id: name, name, state: 'Healthy', actions: [] }));
  const message: LogToPage = { kind: 'log.snapshot', services, chosen: [], answers: 0, lines: packLines(lines) };
  // As text, so that the time begins where VS Code hands the message over.
  await page.evaluate(`window.message = ${JSON.stringify(JSON.stringify(message))}`);
  return page.evaluate<{ readonly open: number; readonly search: number }>(`(async () => {
    const until = async (holds) => { while (!holds()) await new Promise(requestAnimationFrame); };
    const began = performance.now();
    window.postMessage(JSON.parse(window.message), '*');
    await until(() => document.querySelector('[role=log]').innerText.includes('/items/${count - 1} '));
    const open = performance.now() - began;
    const box = document.querySelector('[type=search]');
    const start = performance.now();
    box.value = 'KAPUT';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => document.querySelector('[role=status]').innerText.startsWith('${count / every} '));
    const search = performance.now() - start;
    box.value = '';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => document.querySelector('[role=status]').innerText === '');
    return { open, search };
  })()`);
}

/** Times between the frames (ms) while the log is scrolled, by a page and from end to end. */
async function framesOf(page: Page): Promise<readonly number[]> {
  const frames: unknown = await page.evaluate(`(async () => {
    const log = document.querySelector('[role=log]');
    const times = [];
    let last = performance.now();
    for (let step = 0; step < 240; step += 1) {
      log.scrollTop = step % 40 === 0 ? (log.scrollHeight * (step / 240)) : log.scrollTop + 400;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times;
  })()`);
  if (!Array.isArray(frames)) throw new Error('No frame was drawn.');
  return frames.map(Number);
}
