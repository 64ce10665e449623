/** Lines of a log as text, to be copied, and the time that is shown before a line. */
import type { LogLine } from './logLine';

const two = (number: number): string => String(number).padStart(2, '0');

/** In the time zone of the page: `14:03:07.250`. */
export function timeText(at: number): string {
  const date = new Date(at);
  const seconds = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `2026-01-31 14:03:07.250`. */
export function momentText(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeText(at)}`;
}

export interface TextOptions {
  readonly times: boolean;
  /** Name of the service before each line. */
  readonly names: boolean;
}

export const asText = (lines: readonly LogLine[], { times, names }: TextOptions): string =>
  lines.map((line) => `${times ? `${momentText(line.at)} ` : ''}${names ? `${line.service} | ` : ''}${line.text}\n`).join('');
