/** Hot reload is not a failure: uvicorn --reload and tsx watch, while files change, break, and are repaired. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { needsPython, python } from './support/python';
import { stopSessions } from './support/sessions';
import { shownDuring } from './support/shown';

interface Reloader {
  readonly name: string;
  readonly file: string;
  readonly intact: string;
  readonly changed: string;
  readonly broken: string;
  readonly complaint: RegExp;
  /** Whether the changed file takes so long to load that the reload has to be seen. */
  readonly takesLong: boolean;
}

const reloaders: readonly Reloader[] = [
  {
    name: 'uvicorn',
    file: 'api/main.py',
    intact: fixture('main.py'),
    // Its row is read in intervals: a reload that is over within one of them would not be seen.
    changed: `${fixture('main.py')}\nimport time\n\ntime.sleep(1.5)\n`,
    broken: `${fixture('main.py')}\ndef broken(:\n`,
    complaint: /SyntaxError/,
    takesLong: true,
  },
  {
    name: 'tsx',
    file: 'watched.ts',
    intact: fixture('watched.ts'),
    changed: `${fixture('watched.ts')}\n// A change.\n`,
    broken: `${fixture('watched.ts')}\nconst = ;\n`,
    complaint: /Error|Transform failed/,
    takesLong: false,
  },
];

describe('hot reload', () => {
  const port: Record<string, number> = {};
  let session: Session;
  let workbench: Workbench;

  before(needsPython);

  before(async () => {
    const [uvicorn = 0, tsx = 0] = await freePorts(2);
    Object.assign(port, { uvicorn, tsx });
    // Two failed probes without a reload are a failure. Not one: output comes in batches of 50 ms, so a probe may fail first.
    const health = { http: '/health', interval: '200ms', timeout: '1s', failureThreshold: 2 };
    const services = {
      uvicorn: { command: `${python} -m uvicorn main:app --reload --port \${port}`, cwd: 'api', port: uvicorn, health },
      tsx: { command: 'node_modules/.bin/tsx watch watched.ts ${port}', port: tsx, health },
    };
    const files = Object.fromEntries(reloaders.map(({ file, intact }) => [file, intact]));
    session = await Session.start({ workspace: 'sample', files: { ...files, [configFile]: { services } } });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('tsx');
    await workbench.services.clickTitleAction('Start All');
  });

  after(stopSessions);

  const otherPidThan = (name: string, old: number): Promise<unknown> =>
    until(`another worker of ${name}`, async () => (await answeringPid(port[name] ?? 0)) !== old, 60_000);

  for (const { name, file, changed, broken, intact, complaint, takesLong } of reloaders) {
    describe(`by ${name}`, () => {
      const becomes = (pattern: RegExp) =>
        workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state), 60_000);
      const healthy = () => workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);

      it('is shown as a reload after a change, never as unhealthy, and as healthy after it', async () => {
        await healthy();
        const pid = await answeringPid(port[name] ?? 0);
        const reload = (async () => {
          await session.write(file, changed);
          await otherPidThan(name, pid);
          await healthy();
        })();
        const shown = await shownDuring(workbench, name, reload);
        assert.ok(!shown.some((words) => /^(Unhealthy|Failed|Hung|Exited|Stopped)/.test(words)), shown.join('\n'));
        if (takesLong)
          assert.ok(
            shown.some((words) => words.startsWith('Reloading')),
            shown.join('\n'),
          );
      });

      /** uvicorn ignores a change right after its own restart: then the file is saved again. */
      const saved = async <T>(text: string, wait: () => Promise<T>): Promise<T> => {
        const again = setInterval(() => void session.write(file, text), 5000);
        try {
          await session.write(file, text);
          return await wait();
        } finally {
          clearInterval(again);
        }
      };

      it('shows a dead server and a living reloader for a file with an error', async () => {
        const row = await saved(broken, () =>
          becomes(/^Unhealthy, .*the reloader is running, but the server that it restarted is dead/),
        );
        assert.match(row.state, complaint);
        assert.equal(row.icon, 'warning');
      });

      it('is healthy again when the file is repaired', async () => {
        await saved(intact, healthy);
        assert.ok(await answeringPid(port[name] ?? 0));
      });
    });
  }
});
