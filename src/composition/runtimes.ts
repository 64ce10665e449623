/** Compares versions of Node and Python with what the projects ask for, when services.json is read and when a service starts. */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { DiagnosisParts, RuntimeReader } from '../app/diagnosis/parts';
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
  let latest = 0;
  const check = async (starting: ReadonlySet<string>): Promise<void> => {
    latest += 1;
    const number = latest;
    const found = files.latest.map(async ({ uri, text, services }) => {
      const mismatches = services.map((spec) => runtimeMismatch(spec, { world, runtimes, host }));
      return { uri, text, found: (await Promise.all(mismatches)).filter((mismatch) => mismatch !== undefined) };
    });
    const read = await Promise.all(found);
    for (const { spec, message } of read.flatMap((file) => file.found)) if (starting.has(spec.id)) log.warn(message);
    // A later check knows more.
    if (number === latest) problems.report(read);
  };
  let starting = new Set<string>();
  let timer: Disposable | undefined;
  const checkSoon = (): void => {
    timer?.dispose();
    timer = world.clock.after(settleMs, () => {
      void check(starting);
      starting = new Set();
    });
  };
  own(files.onDidRead(checkSoon));
  own(
    store.onDidChange((change) => {
      const launching = (change === 'all' ? [] : [...change]).filter((id) => store.get(id)?.state.lifecycle.kind === 'launching');
      if (launching.length === 0) return;
      for (const id of launching) starting.add(id);
      checkSoon();
    }),
  );
  own({ dispose: () => timer?.dispose() });
  checkSoon();
}
