/** The block for agents in AGENTS.md and files like it. Only what is between the two marks is ever changed. */
import { commandLine } from '../model/service';
import type { ServiceSpec } from '../model/service';
import { oneLine, shortened } from '../wording/text';

const begin = '<!-- service-lifecycle: begin (this block is updated by the VS Code extension Service Lifecycle) -->';
const end = '<!-- service-lifecycle: end -->';

const maxCommandLength = 120;

/** In English, as most instructions for agents are. */
export function instructionsFor(specs: readonly ServiceSpec[]): string {
  const services = specs.map(({ id, role, command, port }) => {
    const words = shortened(oneLine(commandLine({ command })), maxCommandLength).replaceAll('`', "'");
    return `- \`${id.replaceAll('`', "'")}\` (${role}${port === undefined ? '' : `, port ${port}`}): \`${words}\``;
  });
  return [
    '## Services',
    '',
    'The servers of this folder run in VS Code, in terminals of their own. Use the tools `services_*` where you have them, else the',
    'command `svc` (`svc --help`):',
    '',
    '- `svc` lists them; `svc start NAME` starts one and waits until it is healthy; `svc restart NAME`; `svc stop NAME`.',
    '- `svc why NAME` explains why one is not healthy; `svc logs NAME -n 50` shows its output; `svc wait NAME` waits for it.',
    '- Do not start these servers in a terminal, and do not end them with `kill`, `pkill`, `killall`, `fuser -k`, `taskkill` or',
    '  `Stop-Process`: that ends what others use. A start of what runs is safe, and never makes a second copy.',
    ...(services.length === 0 ? [] : ['', ...services]),
  ].join('\n');
}

/** The text with our block at its place, or at the end; an undefined block removes it. All else stays byte for byte. */
export function withBlock(text: string, block: string | undefined): string {
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const written = block === undefined ? undefined : [begin, block, end].join('\n').replaceAll('\n', eol);
  const from = text.indexOf(begin);
  const to = from < 0 ? -1 : text.indexOf(end, from);
  if (from >= 0 && to >= 0) {
    const rest = text.slice(to + end.length);
    if (written !== undefined) return text.slice(0, from) + written + rest;
    // With the line breaks that were put around it.
    const before = text.slice(0, from);
    return (
      (before.endsWith(eol + eol) ? before.slice(0, -eol.length) : before) +
      (rest.startsWith(eol) ? rest.slice(eol.length) : rest)
    );
  }
  if (written === undefined) return text;
  const gap = text === '' ? '' : text.endsWith(eol) ? eol : eol + eol;
  return `${text}${gap}${written}${eol}`;
}

export const hasBlock = (text: string): boolean => text.includes(begin) && text.includes(end);
