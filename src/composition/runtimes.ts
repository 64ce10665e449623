/** Compares versions of Node and Python with what the projects ask for, when services.json is read and when a service starts. */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { DiagnosisParts, RuntimeReader } from '../app/diagnosis/parts';
import { KnownMismatches } from '../app/diagnosis/knownMismatches';
import { runtimeMismatch } from '../app/diagnosis/runtimeMismatches';
import { RuntimeProblems } from '../views/runtimeProblems';
import type { Own, Parts } from './parts';

/** Several services often start together. */
const settleMs = 300;

export function checkRuntimes(parts: Parts, { host }: DiagnosisParts, runtimes: RuntimeReader, own: Own): void {
  const { world, store, files, log } = parts;
  const problems = own(new RuntimeProblems());
  const selector = { scheme: 'file', pattern: '**/.vscode/services.json' };
  own(vscode.languages.registerCodeActionsProvider(selector, problems, { providedCodeActionKinds: RuntimeProblems.kinds }));
  const known = new KnownMismatches((spec) => runtimeMismatch(spec, { world, runtimes, host }));
  const check = async (ids: ReadonlySet<string>, starting: ReadonlySet<string>): Promise<void> => {
    const found = await known.check(files.latest.flatMap(({ services }) => services.filter(({ id }) => ids.has(id))));
    for (const { spec, message } of found) if (starting.has(spec.id)) log.warn(message);
    known.retain(files.latest.flatMap(({ services }) => services));
    problems.report(files.latest.map(({ uri, text, services }) => ({ uri, text, found: known.of(services) })));
  };
  let due = new Set<string>();
  let starting = new Set<string>();
  let timer: Disposable | undefined;
  const checkSoon = (ids: readonly string[]): void => {
    for (const id of ids) due.add(id);
    timer?.dispose();
    timer = world.clock.after(settleMs, () => {
      void check(due, starting);
      due = new Set();
      starting = new Set();
    });
  };
  const checkAll = (): void => checkSoon(files.latest.flatMap(({ services }) => services.map(({ id }) => id)));
  own(files.onDidRead(checkAll));
  own(
    store.onDidChange((change) => {
      const launching = (change === 'all' ? [] : [...change]).filter((id) => store.get(id)?.state.lifecycle.kind === 'launching');
      if (launching.length === 0) return;
      for (const id of launching) starting.add(id);
      checkSoon(launching);
    }),
  );
  own({ dispose: () => timer?.dispose() });
  checkAll();
}
