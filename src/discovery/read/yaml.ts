/** Reads YAML into plain data, in short turns. The result is undefined when the text is invalid. */
import { Composer, Lexer, Parser } from 'yaml';
import { applyMerges } from './merges';
import type { Pace } from './pace';

/** The second half of the work is one step of up to 0.1 s for 50 KB. Files that people write are far shorter. */
const maxCharacters = 100_000;
const maxAliases = 50;
/** Asking whether a turn is due costs more than reading one word. */
const wordsPerStep = 200;

export async function parseYaml(pace: Pace, text: string): Promise<unknown> {
  if (text.length > maxCharacters) return undefined;
  try {
    const tokens = await tokensOf(pace, text);
    // The check for unique keys compares each key with all others of its map: 15 s for 25,000 keys. The last of equal keys counts.
    const [document] = [...new Composer({ uniqueKeys: false }).compose(tokens, true, text.length)];
    if (!(await pace.goesOn())) return undefined;
    // The library limits aliases, so that a small text cannot become a large value.
    return applyMerges(document?.toJS({ maxAliasCount: maxAliases }));
  } catch {
    return undefined;
  }
}

type Tokens = Parameters<Composer['compose']>[0];

/** Returns none when the time is used up. */
async function tokensOf(pace: Pace, text: string): Promise<Tokens> {
  const parser = new Parser();
  const tokens = [];
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    tokens.push(...parser.next(word));
    if (++words % wordsPerStep === 0 && !(await pace.goesOn())) return [];
  }
  return [...tokens, ...parser.end()];
}
