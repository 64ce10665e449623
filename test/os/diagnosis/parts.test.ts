/** A runner that is half dead, with a real runner and real shells: which process has ended, from its output and its tree. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndedPart } from '../../../src/core/model/endedPart';
import { PartWatch } from '../../../src/app/run/partWatch';
import { questionIn } from '../../../src/core/output/cause/question';
import { OutputTail } from '../../../src/core/output/outputTail';
import { readSign } from '../../../src/core/output/serverSignatures';
import { systemClock as clock } from '../../../src/os/clock';
import { createPortTable } from '../../../src/os/portTable/index';
import { createProcessTable } from '../../../src/os/processTable/index';
import { createProcessTrees } from '../../../src/os/trees/index';
import { repositoryRoot } from '../../support/repository';
import { at, describe as specOf, expectVerdict, run, verdicts } from './rig';
import { Cleanup } from '../support/cleanup';
import { until } from '../support/until';

const files = {
  'api.js': "setTimeout(() => { throw new TypeError('shop.items is not iterable'); }, 900);",
  'web.js': "console.log('web is up'); setInterval(() => {}, 1000);",
  'fine.js': "console.error('Error: logged, and goes on'); setInterval(() => {}, 1000);",
};

const concurrently = `$NODE ${join(repositoryRoot, 'node_modules', 'concurrently', 'dist', 'bin', 'index.js')}`;

describe('a service of several processes', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  /** Starts the command, and feeds its output to a watch as the terminal would. */
  async function watch(
    command: string,
    isOver: (reports: readonly (readonly EndedPart[])[], lines: readonly string[]) => boolean,
  ) {
    const { started, service, output } = await run({ command, files, port: 0 }, cleanup);
    const processTable = createProcessTable();
    const trees = createProcessTrees({ processTable, portTable: createPortTable(), clock });
    const tree = trees.open({ process: started.root.process, marker: started.root.marker });
    cleanup.add(() => tree.dispose());
    const reports: (readonly EndedPart[])[] = [];
    const parts = new PartWatch(specOf(started.folder, 0, { command }), {
      clock,
      lines: output,
      tree: () => ({ tree, pid: started.root.process.pid }),
      report: (ended) => void reports.push(ended),
      owns: () => undefined,
    });
    const tail = new OutputTail();
    let read = 0;
    await until('the part is reported', () => {
      const text = readFileSync(join(started.folder, 'output.log'), 'utf8');
      for (const line of tail.append(text.slice(read))) {
        parts.heard(line);
        if (readSign(line)?.kind === 'error') parts.errorHeard();
      }
      read = text.length;
      return isOver(reports, tail.lines());
    });
    const ended = reports.at(-1);
    const { lifecycle } = service.state;
    if (ended !== undefined && lifecycle.kind === 'running')
      expectVerdict('part-ended', await verdicts(at(service, { ...lifecycle, health: { kind: 'none' }, ended }), tail.lines()));
    return ended;
  }

  const reported = (reports: readonly (readonly EndedPart[])[]): boolean => reports.length > 0;

  it('is reported by the words of concurrently, with what the part wrote', async () => {
    assert.deepEqual(await watch(`${concurrently} -n api,web "node api.js" "node web.js"`, reported), [
      { name: 'api', exitCode: 1, detail: 'TypeError: shop.items is not iterable' },
    ]);
  });

  it('is reported for a background command of a shell, which says nothing', async () => {
    assert.deepEqual(await watch('sh -c "node api.js & node web.js"', reported), [
      { name: 'node api.js', detail: 'TypeError: shop.items is not iterable' },
    ]);
  });

  it('is not reported while all run, although one logs an error', async () => {
    const begun = Date.now();
    const ended = await watch('sh -c "node fine.js & node web.js"', (reports, lines) => {
      assert.deepEqual(reports, []);
      return lines.length >= 2 && Date.now() - begun > 3000;
    });
    assert.equal(ended, undefined);
  });

  it('is known to wait for an answer while its question is the last that it wrote', async () => {
    const { service, output, started } = await run(
      { command: 'printf "Reset the data? [y/N] "; exec sleep 60', files, port: 0 },
      cleanup,
    );
    const raw = (): string => readFileSync(join(started.folder, 'output.log'), 'utf8');
    await until('the question is written', () => raw().endsWith('] '));
    const tail = new OutputTail();
    tail.append(raw());
    const question = questionIn(tail.lines(), tail.partial);
    const { lifecycle } = service.state;
    assert.ok(question !== undefined && lifecycle.kind === 'running');
    const verdict = expectVerdict('waiting-for-input', await verdicts(at(service, { ...lifecycle, question }), output()));
    assert.match(verdict.title, /Reset the data\? \[y\/N\]/);
  });
});
