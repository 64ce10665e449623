import { displayLanguage } from './l10n';

/** Returns a duration in its two largest units: `850 ms`, `12 s`, `1 min 30 s`, `2 h 5 min`. Negative numbers and NaN give `0 s`. */
export function span(ms: number): string {
  if (!(ms >= 0)) return '0 s';
  if (ms > 0 && ms < 1000) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(Math.round(ms / 100) / 10).toLocaleString(displayLanguage())} s`;
  return wholeSeconds(ms);
}

/** Returns the same in whole seconds, for figures that change once a second. */
export function wholeSeconds(ms: number): string {
  if (!(ms >= 1000)) return '0 s';
  const seconds = Math.floor(ms / 1000);
  const unit = units.find(({ size }) => seconds >= size) ?? smallest;
  const rest = Math.floor((seconds % unit.size) / unit.restSize);
  const whole = `${Math.floor(seconds / unit.size)} ${unit.name}`;
  return rest > 0 && unit.restName !== '' ? `${whole} ${rest} ${unit.restName}` : whole;
}

const smallest = { size: 1, name: 's', restSize: 1, restName: '' };
const units = [
  { size: 86_400, name: 'd', restSize: 3600, restName: 'h' },
  { size: 3600, name: 'h', restSize: 60, restName: 'min' },
  { size: 60, name: 'min', restSize: 1, restName: 's' },
  smallest,
];
