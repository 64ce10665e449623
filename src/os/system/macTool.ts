/** Runs a tool that comes with macOS: by its whole path, and with words and numbers as in English. */
import { type Reading, unavailable } from '../../core/model/process';
import { t } from '../../core/wording/l10n';
import { runTool, type ToolOutput } from './runTool';

export type MacTool = 'ps' | 'lsof' | 'netstat';

export type RunMacTool = (tool: MacTool, args: readonly string[]) => Promise<Reading<ToolOutput>>;

const folders: Readonly<Record<MacTool, string>> = { ps: '/bin', lsof: '/usr/sbin', netstat: '/usr/sbin' };

/** In ms. lsof looks at every file of every process. */
const timeoutMs = 10_000;

/**
 * Dates, states and numbers in English, but the letters of paths and command lines as they are: with LC_ALL=C, ps and lsof print an encoding
 * of each byte that is not ASCII. An empty LC_ALL counts as none.
 */
const locale = {
  LC_ALL: '',
  LANG: 'C',
  LC_COLLATE: 'C',
  LC_CTYPE: 'UTF-8',
  LC_MESSAGES: 'C',
  LC_MONETARY: 'C',
  LC_NUMERIC: 'C',
  LC_TIME: 'C',
};

/** On other systems by the PATH, for tests there. */
export const runMacTool: RunMacTool = (tool, args) =>
  runTool(process.platform === 'darwin' ? `${folders[tool]}/${tool}` : tool, args, timeoutMs, { env: locale });

/** What the tool reports as an error; warnings of lsof are none. */
export function failureOf(tool: MacTool, { stderr }: ToolOutput): Reading<never> | undefined {
  const line = stderr.split('\n').find((each) => each.trim() !== '' && !/^lsof: WARNING|^\s+(?:Output|assuming) /.test(each));
  return line === undefined ? undefined : unavailable(t('{0} failed: {1}', tool, line.trim()));
}
