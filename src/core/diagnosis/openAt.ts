import { openFile } from './actions';
import type { FindingAction } from './finding';
import { positionAt } from '../workspaceFiles/reference';

/** Opens a file at a character offset of `text`, its content. */
export function openAt(file: string, text: string, offset: number): FindingAction {
  const { line, column } = positionAt(text, offset);
  return openFile(file, line, column);
}
