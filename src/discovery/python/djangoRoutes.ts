/** The prefixes of Django's URL patterns, and whether they can be requested without a login. */
import { stemOf } from '../read/paths';
import type { Pace } from '../read/pace';
import { findAllIn, findIn, findInAny } from '../read/source';
import type { Source } from '../read/source';

/** Patterns in lists of their own, or of translated pages, have prefixes that are not followed. */
const nested = /include\(\s*(?:\[|\(\s*\[|[a-z_]\w*\s*[,)])|i18n_patterns\(/;

const closed = /LoginRequiredMiddleware|DEFAULT_PERMISSION_CLASSES[^\]]{0,300}IsAuthenticated\b/;

/** "status" is the name of many pages that are no health check. */
const weak = /(?:^|\/)status\/?$/;

/** Whether a pattern is certain to be a health check that anyone may request. */
export const isDjangoOpen = (source: Source, path: string, sources: readonly Source[]): boolean =>
  !nested.test(source.text) && !weak.test(path) && findInAny(sources, closed) === undefined;

/** URL configurations that are written by hand are nested less deeply. */
const maxDepth = 4;

/** Another urls.py may include this one under a prefix. */
export async function djangoPrefix(source: Source, all: readonly Source[], pace: Pace, depth = 0): Promise<string | undefined> {
  if (stemOf(source.file) !== 'urls') return '';
  const dotted = source.file.replace(/\.py$/, '').split('/').slice(-2).join('.');
  const pattern = new RegExp(`path\\(\\s*r?["']\\^?([^"'<(\\n]*)["']\\s*,\\s*include\\(\\s*\\(?["'][\\w.]*${dotted}["']`, 'g');
  const found = await pace.map(all, (other) =>
    findAllIn(other, pattern).map(({ groups }) => ({ other, prefix: groups[0] ?? '' })),
  );
  const [first, ...more] = found.flat();
  if (first === undefined) return findIn(source, /\burlpatterns\b/) === undefined ? undefined : '';
  if (more.length > 0 || depth >= maxDepth || nested.test(first.other.text)) return undefined;
  const around = first.other === source ? '' : await djangoPrefix(first.other, all, pace, depth + 1);
  const own = first.prefix.replace(/^\/|\/$/g, '');
  return around === undefined ? undefined : `${around}${own === '' ? '' : `/${own}`}`;
}
