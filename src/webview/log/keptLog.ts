/** Reads what a page kept, which may be of an earlier version of the extension. */
import { isTexts, messageIn } from '../../core/webview/pageMessage';
import { clearedIn } from '../../core/logs/cleared';
import type { KeptLog } from './LogView';

export function keptLog(value: unknown): KeptLog | undefined {
  const { chosen, options, layout } = messageIn({ kind: '', ...(typeof value === 'object' ? value : {}) }) ?? {};
  const isObject = (each: unknown): each is Readonly<Record<string, unknown>> => typeof each === 'object' && each !== null;
  if (!isTexts(chosen) || !isObject(options) || !isObject(layout)) return undefined;
  const { search, level, runs } = options;
  return {
    chosen,
    options: {
      search: typeof search === 'string' ? search : '',
      onlyMatches: options['onlyMatches'] !== false,
      level: level === 'error' || level === 'warning' || level === 'info' ? level : 'all',
      cleared: clearedIn(options['cleared']),
      runs: runs === 'latest' || runs === 'previous' ? runs : 'all',
    },
    layout: { follow: layout['follow'] !== false, wrap: layout['wrap'] === true, times: layout['times'] !== false },
  };
}
