// Bundles in ASCII alone. esbuild escapes strings, but leaves regular expressions as they are; and with a single character beyond
// U+00FF, V8 keeps the whole source in memory with two bytes for each character.
import { readFileSync, writeFileSync } from 'node:fs';

/** Valid in strings and in regular expressions, with and without the flag u: for both, a pair of surrogates is one character. */
export const inAscii = (text) => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Rewrites the files that have other characters. */
export function rewriteInAscii(files) {
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const rewritten = inAscii(text);
    if (rewritten !== text) writeFileSync(file, rewritten);
  }
}
