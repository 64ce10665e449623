/** What processes use, as figures in the display language. */
import { displayLanguage } from './l10n';

/** Returns percent of one core: `0.4%`, `12%`. Above 10 there is no fraction. */
export function percent(cpu: number): string {
  const maximumFractionDigits = cpu < 10 ? 1 : 0;
  return new Intl.NumberFormat(displayLanguage(), { style: 'percent', maximumFractionDigits }).format(cpu / 100);
}

const kilo = 1024;

/** Returns bytes in the largest unit that leaves a whole part, as task managers do: `84 MB`, `1.2 GB`. */
export function bytes(count: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, count)) / Math.log(kilo))));
  const value = count / kilo ** power;
  const maximumFractionDigits = power > 1 && value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(displayLanguage(), { maximumFractionDigits }).format(value)} ${units[power] ?? ''}`;
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];
