/** Since when the user has not looked: what happened since then is worth a line. */
import type { Clock, Disposable } from '../ports';

export interface PresenceParts {
  readonly clock: Clock;
  /** When the user looked last, over all windows before, in ms since the epoch; 0 when never. */
  readonly remembered: { read(): number; write(at: number): void };
  /** Whether the window has the focus. */
  isFocused(): boolean;
  onFocusChange(listener: (isFocused: boolean) => void): Disposable;
}

/** A window without the focus for less than this (ms) is beside another one that the user works in. */
const glanceMs = 60_000;

/** From when the dashboard is visible until it is hidden or closed. */
export class Presence implements Disposable {
  readonly #subscription: Disposable;
  #left: number | undefined;

  /** `returned` is called with the time since when the user was away: at once, and after each longer absence. */
  constructor(
    private readonly parts: PresenceParts,
    returned: (since: number) => void,
  ) {
    const { clock, remembered } = parts;
    returned(remembered.read());
    this.#left = parts.isFocused() ? undefined : clock.now();
    this.seen();
    this.#subscription = parts.onFocusChange((isFocused) => {
      if (!isFocused) this.seen();
      const left = this.#left;
      this.#left = isFocused ? undefined : clock.now();
      if (isFocused && left !== undefined && clock.now() - left > glanceMs) returned(left);
    });
  }

  /** The user has seen what there is until now, if the window has the focus. */
  seen(): void {
    if (this.#left === undefined) this.parts.remembered.write(this.parts.clock.now());
  }

  dispose(): void {
    this.seen();
    this.#subscription.dispose();
  }
}
