/** The dashboard: how long its page takes until 20 services are drawn, and what one sample of all their processes costs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { DashboardService, DashboardUpdate } from '../../src/core/dashboard/messages';
import { bandsOf } from '../../src/core/history/bands';
import { createProcessTable } from '../../src/os/processTable/index';
import { launchChromium } from '../support/editor/chromium';
import { npm } from '../support/run';
import { repositoryRoot } from '../support/repository';
import type { Group } from './context';
import { atMost, figure } from './row';
import type { Row } from './row';
import { now } from './time';

const services = 20;
const processesEach = 5;
const maxOpenMs = 300;
/** Every 15 s: 0.03 % of a core. */
const maxSampleMs = 5;

export const dashboardPage: Group = {
  name: 'dashboard',
  async measure({ full }) {
    const { code, output } = await npm(['run', '--silent', 'build'], { cwd: repositoryRoot, output: 'keep' });
    if (code !== 0) throw new Error(output);
    return [await openingRow(full ? 20 : 7), await samplingRow(full ? 100 : 30)];
  },
};

async function openingRow(rounds: number): Promise<Row> {
  const browser = await launchChromium();
  try {
    const opened: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage();
      opened.push(await openingTime(page));
      await page.close();
    }
    const ours = figure(opened);
    const met = atMost(ours.median, maxOpenMs);
    const note = 'from navigation on: script, style and first message included';
    return { what: `dashboard with ${services} services drawn`, unit: 'ms', ours, peers: [], goal: `<= ${maxOpenMs}`, met, note };
  } finally {
    await browser.close();
  }
}

const built = (file: string): string => readFileSync(join(repositoryRoot, 'dist', 'webview', file), 'utf8');

/** VS Code's part is played by the page itself, which answers its own first message as the extension does. In ms from navigation on. */
async function openingTime(page: Page): Promise<number> {
  const updates = JSON.stringify(firstUpdates()).replaceAll('<', '\\u003c');
  const editor = `window.acquireVsCodeApi = () => ({
    postMessage({ kind }) {
      const update = JSON.parse(document.body.dataset.updates)[kind];
      if (update !== undefined) window.postMessage(update, '*');
    },
    getState() {}, setState() {},
  });`;
  const html = `<!DOCTYPE html><html lang="en"><head><link rel="stylesheet" href="dashboard.css"></head>
    <body class="vscode-dark" data-updates='${updates.replaceAll("'", '&#39;')}'><main id="page"></main>
    <script>${editor}</script><script src="dashboard.js"></script></body></html>`;
  await page.route('http://page.test/**', async (route) => {
    const file = new URL(route.request().url()).pathname.slice(1);
    const contentType = file.endsWith('.js') ? 'text/javascript' : file.endsWith('.css') ? 'text/css' : 'text/html';
    await route.fulfill({ contentType, body: file === '' ? html : built(file) });
  });
  await page.goto('http://page.test/', { waitUntil: 'commit' });
  return page.evaluate<number>(`(async () => {
    while (document.querySelectorAll('[role=grid] tbody tr').length < ${services}) await new Promise(requestAnimationFrame);
    return performance.now();
  })()`);
}

/** By the message that they answer. */
function firstUpdates(): Readonly<Record<string, DashboardUpdate>> {
  const at = Date.now();
  const rows = Array.from({ length: services }, (_, index): DashboardService => ({
    ...{ id: `service-${index}`, role: 'backend', group: 'shop', state: 'Healthy', severity: 'fine', restarts: index },
    ...{ cpu: index, memory: 1e8, startedAt: at - 1e6, port: 8000 + index, latency: 5, actions: ['stop', 'restart'] },
    needs: index === 0 ? [] : [{ id: `service-${index - 1}`, isAwaited: false }],
  }));
  const events = Array.from({ length: 50 }, (_, index) => ({
    ...({ kind: 'event', at: at - 3_600_000 + index * 60_000 } as const),
    what: index % 2 === 0 ? ('ready' as const) : ('failed' as const),
  }));
  const kind = 'dashboard.update';
  const timeline = {
    ...{ from: at - 3_600_000, to: at },
    bands: rows.map(({ id }) => ({ service: id, bands: bandsOf(events, at - 3_600_000, at) })),
    incidents: events.map((event) => ({
      ...{ service: 'service-1', at: event.at, kind: 'failed' as const },
      text: 'service-1 failed (exit code 1).',
    })),
  };
  return {
    ready: { kind, services: rows, order: rows.map(({ id }) => id) },
    'dashboard.show': { kind, timeline, away: 'While you were away: service-1 failed and is down (exit code 1)' },
  };
}

/** As many living processes as those services have, or as there are. */
async function samplingRow(rounds: number): Promise<Row> {
  const table = createProcessTable();
  const listed = await table.list();
  if (listed.kind === 'unavailable') throw new Error(listed.why);
  const wanted = listed.value.slice(-services * processesEach);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = now();
    await table.usage(wanted);
    times.push(now() - began);
  }
  const ours = figure(times);
  const note = `${wanted.length} processes${process.platform === 'linux' ? ` of ${readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length}` : ''}, every 15 s`;
  return {
    ...{ what: 'processor and memory of all services sampled', unit: 'ms', ours, peers: [], note },
    ...{ goal: `<= ${maxSampleMs}`, met: atMost(ours.median, maxSampleMs) },
  };
}
