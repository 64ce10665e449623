/** Allowed origins of a backend, where they are a list of literals. */

export interface AllowedOrigins {
  readonly file: string;
  /** Character offset and length of the list or the single literal. */
  readonly offset: number;
  readonly length: number;
  readonly origins: readonly string[];
}

/** FastAPI and Starlette, Flask-CORS, django-cors-headers, `cors` of Express, Socket.IO. */
const lists =
  /\b(?:allow_origins|origins?|CORS_ALLOWED_ORIGINS|CORS_ORIGIN_WHITELIST)["']?\s*[:=]\s*(?<list>\[[^\]]{0,4000}\]|"[^"\n]*"|'[^'\n]*')/g;
/** Further rules that allow origins, so that the list is incomplete. */
const others =
  /allow_origin_regex|CORS_ALLOWED_ORIGIN_REGEXES|CORS_ALLOW_ALL_ORIGINS\s*=\s*True|CORS_ORIGIN_ALLOW_ALL\s*=\s*True/;

/** Returns no list that contains a computed part, a pattern or a wildcard, so that nothing is reported for it. */
export function originsIn(file: string, text: string): readonly AllowedOrigins[] {
  if (others.test(text) || !/cors/i.test(text)) return [];
  return [...text.matchAll(lists)].flatMap((found) => {
    const list = found.groups?.['list'] ?? '';
    const inner = list.replace(/^\[|\]$/g, '').replace(/(?:#|\/\/(?=\s)).*$/gm, '');
    const literals = [...inner.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(([, double, single]) => double ?? single ?? '');
    const rest = inner.replace(/"[^"\n]*"|'[^'\n]*'/g, '').replace(/[\s,]/g, '');
    const areOrigins = literals.length > 0 && literals.every((literal) => /^https?:\/\/[^*\s]+$/.test(literal));
    if (rest !== '' || !areOrigins) return [];
    const offset = found.index + found[0].length - list.length;
    return [{ file, offset, length: list.length, origins: literals.map((origin) => origin.replace(/\/$/, '')) }];
  });
}
