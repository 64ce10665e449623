/** Checks the rules between the keys of one service. */
import { t } from '../wording/l10n';
import type { ReadService } from './schema';
import type { Path } from './tree';

export interface Broken {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly severity: 'error' | 'warning';
  readonly code: 'missingKey' | 'portNeeded' | 'unusedKey';
  readonly message: string;
}

export function checkRules(service: ReadService): readonly Broken[] {
  return [...checkAddresses(service), ...checkUnused(service)];
}

/** Exactly one of the two says what is started. `entry` is a service as written, with whatever mistakes it has. */
export function checkStart(entry: unknown): readonly Broken[] {
  // What is no object at all is reported as such.
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
  const [hasCommand, hasCompose] = [Object.hasOwn(entry, 'command'), Object.hasOwn(entry, 'compose')];
  if (hasCommand !== hasCompose) return [];
  return hasCommand
    ? [
        {
          path: ['command'],
          part: 'key',
          severity: 'error',
          code: 'unusedKey',
          message: t('"command" and "compose" exclude each other: remove one of them.'),
        },
      ]
    : [
        {
          path: [],
          part: 'key',
          severity: 'error',
          code: 'missingKey',
          message: t('The service has no "command" and no "compose": add one of them.'),
        },
      ];
}

/** A path needs a port to be complete. */
function checkAddresses({ port, health, checks }: ReadService): readonly Broken[] {
  if (port !== undefined) return [];
  const probed =
    typeof health === 'string'
      ? [{ path: ['health'], address: health }]
      : [{ path: ['health', 'http'], address: health?.http ?? '' }];
  const checked = checks.map(({ http }, index) => ({ path: ['checks', index, 'http'], address: http }));
  return [...probed, ...checked]
    .filter(({ address }) => address.startsWith('/'))
    .map(({ path, address }) => ({
      path,
      part: 'value',
      severity: 'error',
      code: 'portNeeded',
      message: t('The path "{0}" needs a port: add "port", or write a full URL.', address),
    }));
}

function checkUnused({ health }: ReadService): readonly Broken[] {
  if (health === undefined || typeof health === 'string' || health.http !== undefined) return [];
  const written = [
    ...(health.status === undefined ? [] : ['status']),
    ...(health.json === undefined ? [] : ['json']),
    ...(Object.keys(health.headers).length === 0 ? [] : ['headers']),
  ];
  return written.map((key) => ({
    path: ['health', key],
    part: 'key',
    severity: 'warning',
    code: 'unusedKey',
    message: t('"health.{0}" has no effect without "health.http": remove it, or probe with "http".', key),
  }));
}
