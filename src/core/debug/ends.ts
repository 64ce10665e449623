/** Reads from the messages of the Debug Adapter Protocol why a session ends: the first of them decides, because VS Code answers an end. */

/** `message`: one of either direction. `program`: what is debugged has ended; `editor`: the user or an extension has ended the session. */
export function endIn(message: unknown): 'program' | 'editor' | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  if (message.type === 'event')
    return 'event' in message && (message.event === 'terminated' || message.event === 'exited') ? 'program' : undefined;
  const isEnd =
    message.type === 'request' && 'command' in message && ['disconnect', 'terminate'].includes(String(message.command));
  return isEnd ? 'editor' : undefined;
}
