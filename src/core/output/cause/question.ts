/** A program that asks something in its terminal and waits for the answer, which looks like a program that hangs. */
import { clean } from './cleaning';

/** A question with its choices, in the ways of shells, inquirer, prompts, clack, ssh, apt and others. The line is not complete: the cursor waits in it. */
const waiting: readonly RegExp[] = [
  /(?:\[|\()(?:y\/n|yes\/no|y|yes|n|no)(?:\/\[fingerprint\])?(?:\]|\))\s{0,4}[?:>›‣]?/i,
  /^\? \S.{0,200}$/,
  /\?\s{0,4}(?:[›‣»>]\s{0,4}.{0,80})?$/,
  /\b(?:password|passphrase|username|user name|one-time code|OTP)\b.{0,80}:\s{0,4}$/i,
  /\bpress (?:any key|enter|return)\b|\btype '?\w{1,10}'? (?:to|and)\b|\b(?:enter|choose|select) [\w ]{1,40}:\s{0,4}$/i,
];

/** clack draws the question that waits with a full diamond, and the answered one with an empty one. */
const drawn = /^[◆]\s{1,4}(\S.{0,200}\?)$/;
const maxDrawnLines = 8;

/** In characters. */
const maxQuestionCharacters = 200;

/** Returns the question at the end of the output; `partial` is the incomplete last line, empty when there is none. */
export function questionIn(lines: readonly string[], partial: string): string | undefined {
  const text = clean([partial])[0]?.text.trim() ?? '';
  if (text !== '' && text.length <= maxQuestionCharacters && waiting.some((pattern) => pattern.test(text))) return plain(text);
  return drawnQuestion(lines.slice(-maxDrawnLines));
}

function drawnQuestion(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => /^[◆◇■]/.test(line));
  return drawn.exec(lines[at]?.trim() ?? '')?.[1];
}

/** Without the mark before the question, and without the preselected answer after its choices. */
const plain = (text: string): string =>
  text
    .replace(/^[?◆] {0,2}/, '')
    .replace(/ [›‣»] .{0,80}$/, '')
    .trim();
