/** koffi's native part, which calls functions of Windows. Its JavaScript only looks for the file, which is at a known place here. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A function of Windows. Numbers that a double holds come back as numbers, larger ones as bigint. */
export interface NativeFunction {
  (...args: readonly unknown[]): number | bigint;
  /** Calls on a thread of its own; `done` is called on the main one. */
  readonly async: (...args: readonly unknown[]) => void;
}

export interface NativeLibrary {
  /** `declaration` in C. Throws when the library has no such function. */
  func(declaration: string): NativeFunction;
}

interface Koffi {
  /** Throws when there is no such library. */
  load(name: string): NativeLibrary;
}

/** Throws where there is no build for this processor, or where a policy forbids it. `folder` is that of the running bundle. */
export function loadKoffi(folder: string): Koffi {
  const file = join(folder, `koffi-win32-${process.arch}.node`);
  const loaded: unknown = createRequire(join(folder, 'helper.js'))(file);
  if (!isKoffi(loaded)) throw new Error(`${file} is not koffi.`);
  return loaded;
}

const isKoffi = (loaded: unknown): loaded is Koffi =>
  typeof loaded === 'object' && loaded !== null && 'load' in loaded && typeof loaded.load === 'function';
