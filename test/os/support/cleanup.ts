/** Everything a test makes is undone after it, also when it fails. */

type Undo = () => void | Promise<void>;

export class Cleanup {
  private readonly undos: Undo[] = [];

  add(undo: Undo): void {
    this.undos.push(undo);
  }

  /** For `afterEach`. Last made, first undone; one failure does not spare the others. */
  async run(): Promise<void> {
    for (const undo of this.undos.splice(0).reverse()) {
      try {
        await undo();
      } catch (error) {
        console.error('A clean-up failed:', error);
      }
    }
  }
}
