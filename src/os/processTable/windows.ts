/** Windows: the system's own calls in a helper process, or PowerShell where those cannot be used. */
import type { ProcessUsage } from '../../app/history/ports';
import type { Disposable } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity, ProcessRow, Reading } from '../../core/model/process';
import { isVerified, known, processKey, unavailable, unverified } from '../../core/model/process';
import { pidExists } from '../system/existence';
import { startOf } from '../windows/born';
import type { ProcessFact } from '../windows/facts';
import type { NativeSource } from '../windows/ports';
import type { EndOutcome, SystemProcessTable } from './table';

/** In ms. A list takes some 10 ms of another process, so it costs the extension host next to nothing. */
const backgroundScanMs = 5000;

export function createWindowsProcessTable(source: NativeSource): SystemProcessTable {
  return new WindowsProcessTable(source);
}

class WindowsProcessTable implements SystemProcessTable {
  /** Of the latest look: runs by pid and start time. */
  #runs: ReadonlyMap<string, string> = new Map();

  constructor(private readonly source: NativeSource) {}

  /** Undefined where each look is one of PowerShell's. */
  get backgroundScan(): number | undefined {
    return this.source.isUsable() ? backgroundScanMs : undefined;
  }

  list(): Promise<Reading<readonly ProcessRow[]>> {
    return this.scan();
  }

  async scan(): Promise<Reading<readonly ProcessRow[]>> {
    const facts = await this.source.ask<'processes'>({ kind: 'processes' });
    if (facts.kind === 'unavailable') return facts;
    this.#runs = new Map(facts.value.flatMap((fact) => (fact.run === undefined ? [] : [[processKey(rowOf(fact)), fact.run]])));
    return known(facts.value.map(rowOf));
  }

  describe(rows: readonly ProcessRow[]): Promise<readonly ProcessRow[]> {
    return Promise.resolve(rows);
  }

  markers(rows: readonly ProcessRow[]): Promise<ReadonlyMap<number, string>> {
    const found = rows.flatMap((row) => {
      const run = this.#runs.get(processKey(row));
      return run === undefined ? [] : [[row.pid, run] as const];
    });
    return Promise.resolve(new Map(found));
  }

  async identify(pid: number): Promise<Reading<ProcessIdentity | undefined>> {
    if (!pidExists(pid)) return known(undefined);
    const fact = await this.source.ask<'identify'>({ kind: 'identify', pid });
    if (fact.kind === 'unavailable') return fact;
    if (fact.value === 'denied') return unavailable(t('Process {0} belongs to another user.', pid));
    return known(fact.value === 'gone' ? undefined : { pid, born: fact.value.born });
  }

  /** The start time is another process's to read: a pid that answers is taken for the same until a look says otherwise. */
  isAlive({ pid }: ProcessIdentity): boolean {
    return pidExists(pid);
  }

  async cwd(pid: number): Promise<Reading<string>> {
    const fact = await this.source.ask<'parameters'>({ kind: 'parameters', pid });
    if (fact.kind === 'unavailable') return fact;
    if (fact.value === null || fact.value.cwd === '') return unavailable(t('The folder of process {0} cannot be read.', pid));
    const { cwd } = fact.value;
    // Only the root of a drive keeps its backslash.
    return known(cwd.length > 3 && cwd.endsWith('\\') ? cwd.slice(0, -1) : cwd);
  }

  foregroundGroup(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async usage(processes: readonly ProcessIdentity[]): Promise<Reading<readonly ProcessUsage[]>> {
    // PowerShell gives no figures, and its list costs processor time.
    if (!this.source.isUsable() || processes.length === 0) return known([]);
    const listed = await this.source.ask<'processes'>({ kind: 'processes' });
    if (listed.kind === 'unavailable') return listed;
    const wanted = new Set(processes.map(processKey));
    const used = listed.value.flatMap(({ pid, born, cpuMs, memory }) =>
      born === undefined || cpuMs === undefined || memory === undefined || !wanted.has(processKey({ pid, born }))
        ? []
        : [{ pid, born, cpuMs, memory }],
    );
    return known(used);
  }

  startOf({ born }: ProcessIdentity): number | undefined {
    return startOf(born);
  }

  awaitExit(process: ProcessIdentity, gone: () => void): Disposable {
    return this.source.awaitExit(process, gone);
  }

  async end(process: ProcessIdentity): Promise<EndOutcome> {
    const { pid, born } = process;
    if (!isVerified(process)) return { kind: 'refused', why: t('Its start time cannot be read, so it is not ended.') };
    const fact = await this.source.ask<'end'>({ kind: 'end', pid, born });
    if (fact.kind === 'unavailable') return { kind: 'refused', why: fact.why };
    if (fact.value === 'refused') return { kind: 'refused', why: t('It belongs to another user.') };
    return { kind: fact.value === 'ended' ? 'ended' : 'gone' };
  }
}

const rowOf = ({ pid, ppid, born, name, command }: ProcessFact): ProcessRow => ({
  pid,
  born: born ?? unverified,
  ppid,
  state: 'running',
  command: command ?? `[${name}]`,
  startedAt: born === undefined ? 0 : (startOf(born) ?? 0),
});
