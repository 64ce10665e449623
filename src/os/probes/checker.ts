/** Asks for a check over HTTP, in the way of the probes. */
import type { Checker } from '../../app/ports';
import { httpAttempt } from './http';

export function createChecker(): Checker {
  return {
    async ask(question, signal) {
      const started = performance.now();
      const asked = { ...question, headers: {} };
      const attempt = await httpAttempt(asked, question.address, question, signal);
      return { ...attempt, latencyMs: performance.now() - started };
    },
  };
}
