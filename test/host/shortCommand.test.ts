/** A command that is over while the extension still looks at its process keeps its exit code. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SaveGuard } from '../../src/host/terminals/saveGuard';
import { TaskTerminals } from '../../src/host/terminals/taskTerminals';
import { known } from '../../src/core/model/process';
import { createTerminalTap } from '../../src/os/terminalTap';
import { createProcessTable } from '../../src/os/processTable/index';
import { serviceSpec } from '../support/fakes/specs';
import { until } from '../support/poll';
import { folder, unique } from './support/services';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

describe('a command that is over before its process was looked at', () => {
  it('is reported with its exit code', async () => {
    const id = unique('short');
    let isOver = false;
    const subscription = vscode.tasks.onDidEndTask(({ execution }) => (isOver ||= execution.task.definition['service'] === id));
    const table = createProcessTable();
    const processes: typeof table = {
      ...table,
      // A machine that is busy.
      identify: async (pid) => {
        await until('the end of the task', () => isOver);
        return table.identify(pid);
      },
    };
    const tools = { processes, runOf: () => known('run'), tap: createTerminalTap(), log };
    const terminals = new TaskTerminals(tools, new SaveGuard(memento), () => undefined);
    const ends: (number | undefined)[] = [];
    terminals.listen({
      ended: (_run, exitCode) => void ends.push(exitCode),
      ...{ closed: () => undefined, found: () => undefined, lost: () => undefined, wrote: () => undefined },
    });
    try {
      const spec = serviceSpec(id, { folder: folder() });
      const launch = { command: ['node', '-e', 'process.exit(3)'], cwd: folder(), env: {} };
      const launched = await terminals.launch({ spec, run: 'run', launch, by: 'user' });
      assert.ok(launched.ok && isOver);
      await until('the report of the end', () => ends.length > 0);
      assert.deepEqual(ends, [3]);
    } finally {
      terminals.close(id);
      terminals.dispose();
      subscription.dispose();
    }
  });
});
