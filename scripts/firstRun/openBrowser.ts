/** Shows an address in the browser of the user, where there is one to be seen. */
import { spawn } from 'node:child_process';

export function openBrowser(url: string): void {
  if (!hasDisplay()) return;
  const [command, ...args] = opener();
  // Of its own group: Ctrl+C in our terminal must not end the browser of the user.
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  // The address is printed as well, so that a system without the command needs no message.
  child.on('error', () => undefined);
  child.unref();
}

/** Whether a window that we open can be seen by the user. */
export function hasDisplay(): boolean {
  if (process.platform === 'win32') return true;
  if (process.platform === 'darwin') return process.env['SSH_CONNECTION'] === undefined;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function opener(): readonly [command: string, ...args: string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    // `start` belongs to cmd, which would read an address as shell text.
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
