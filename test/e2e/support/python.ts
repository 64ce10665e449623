/** The Python of the tests that need one. Without it they are skipped, with a message. */
import type { Context } from 'mocha';
import { findPythonWithFastApi } from '../../support/python';

export const python = findPythonWithFastApi() ?? '';

/** For a `before` hook. */
export function needsPython(this: Context): void {
  if (python === '') this.skip();
}
