/** What the terminal shows. */

const isColoured = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const inColour = (code: number, text: string): string => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = (text: string): string => inColour(1, text);
const cyan = (text: string): string => inColour(36, text);
const grey = (text: string): string => inColour(90, text);

export const preparing = grey('Packaging the extension …');

/** `where` is an address, or the window that was opened. */
export const ready = (where: string): string => `
${bold('Service Lifecycle')}  ${cyan(where)}

The services of the sample start without a click. What to try next:

  1. Crash the backend: ${bold('node crash.js')} in the terminal of the window.
  2. Fix the mailer: ${bold('Run npm install')} in the notification.
  3. Take the port of the frontend: ${bold('node occupy.js')}.

README.md in the window has the steps. ${grey('Ctrl+C here ends VS Code and all services.')}
`;
