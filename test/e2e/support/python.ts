/** The Python of the tests that run one; without it they say so and are skipped. */
import type { Context } from 'mocha';
import { findPythonWithFastApi } from '../../support/python';

export const python = findPythonWithFastApi() ?? '';

/** For a `before` hook. */
export function needsPython(this: Context): void {
  if (python === '') this.skip();
}
