/** Texts in which `|` is the cursor. */
import { applyEdits } from '../../../../src/core/authoring/edit';
import type { Completion } from '../../../../src/core/authoring/completion';

export function cursorIn(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** Returns the text after the completion was accepted. */
export const accepted = (text: string, { range, insert }: Completion): string => applyEdits(text, [{ range, text: insert }]);

export const place = { folder: '/shop', folderName: 'shop', multiRoot: false };
