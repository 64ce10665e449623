/** Converts a range of offsets into one of lines and characters. */
import * as vscode from 'vscode';
import type { TextRange } from '../core/config/problem';
import { positionAt } from '../core/config/position';

export function rangeIn(text: string, { offset, length }: TextRange): vscode.Range {
  const start = positionAt(text, offset);
  const end = positionAt(text, offset + length);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
