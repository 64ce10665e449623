/** Whether the user looks at the services: in this window, or maybe in another one that shows the same. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Attention, Disposable } from '../../app/ports';
import { probeFactorOf } from '../../core/model/probePace';
import { settings } from '../config/settings';

export class WindowAttention implements Attention, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #listeners = new Set<() => void>();
  /** VS Code copies the state for each reading, and each probe asks. */
  #hasFocus = vscode.window.state.focused;

  /** `isShownElsewhere`: whether another window shows services that this one supervises. Which of them has the focus is not known. */
  constructor(private readonly isShownElsewhere: () => boolean) {
    this.#lifetime.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        this.#hasFocus = focused;
        if (focused) for (const listener of [...this.#listeners]) listener();
      }),
    );
  }

  probeFactor(): number {
    if (this.#hasFocus || this.isShownElsewhere()) return 1;
    return probeFactorOf(settings().unfocusedProbeFactor);
  }

  onReturn(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
