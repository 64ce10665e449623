/** Texts in which `|` is the cursor. */
import { applyEdits } from '../../../../src/core/authoring/edit';
import type { Candidate } from '../../../../src/core/authoring/candidate';

export function cursorIn(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** What the text becomes when the candidate is accepted. */
export const accepted = (text: string, { range, insert }: Candidate): string => applyEdits(text, [{ range, text: insert }]);

export const place = { folder: '/shop', folderName: 'shop', multiRoot: false };
