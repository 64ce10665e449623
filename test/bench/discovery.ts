/** How long it takes to find the servers of a monorepo with 10,000 files, on disk, beside listing its folders and nothing else. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { discover } from '../../src/discovery/discover';
import { onDisk } from '../unit/discovery/folder';
import { monorepo } from '../unit/discovery/monorepo';
import type { Group } from './context';
import { atMost, compared, figure } from './row';

const goal = 150;

export const discovery: Group = {
  name: 'discovery',
  async measure({ scratch, full, say }) {
    const texts = monorepo();
    const files = Object.keys(texts).length;
    for (const [path, text] of Object.entries(texts)) {
      await mkdir(dirname(join(scratch, path)), { recursive: true });
      await writeFile(join(scratch, path), text);
    }
    const ours: number[] = [];
    const listing: number[] = [];
    for (let round = 0; round < (full ? 50 : 15); round++) {
      const folder = onDisk(scratch);
      const found = await timed(ours, () => discover(folder));
      if (found.length !== 41) throw new Error(`${found.length} servers were found instead of 41.`);
      const again = onDisk(scratch);
      await timed(listing, () => Promise.all(folder.listed.map((each) => again.list(each))));
    }
    say(`${files} files`);
    const median = figure(ours);
    return [
      {
        what: `Servers of a monorepo with ${files} files are found`,
        unit: 'ms',
        ours: median,
        peers: [],
        lowest: compared('its folders listed', listing),
        goal: `median <= ${goal} ms`,
        met: atMost(median.median, goal),
        note: 'forty Vite apps and a FastAPI; the files are in the cache of the system',
      },
    ];
  },
};

async function timed<T>(into: number[], act: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await act();
  into.push(performance.now() - start);
  return result;
}
