/** Reads from the messages of the Debug Adapter Protocol whether a debugger holds its program still. */

/** Requests after which the program runs. Adapters need not report that (specification of the event `continued`). */
const resuming: ReadonlySet<unknown> = new Set([
  ...['continue', 'reverseContinue', 'next', 'stepIn', 'stepOut', 'stepBack', 'goto'],
  ...['restartFrame', 'disconnect', 'terminate', 'restart'],
]);

/** `message`: what an adapter sends. Undefined when it changes nothing. */
export function pauseIn(message: unknown): 'paused' | 'running' | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  if (message.type === 'event' && 'event' in message) return ofEvent(message.event);
  const isDone = message.type === 'response' && 'success' in message && message.success === true;
  return isDone && 'command' in message && resuming.has(message.command) ? 'running' : undefined;
}

function ofEvent(event: unknown): 'paused' | 'running' | undefined {
  if (event === 'stopped') return 'paused';
  return event === 'continued' || event === 'exited' || event === 'terminated' ? 'running' : undefined;
}
