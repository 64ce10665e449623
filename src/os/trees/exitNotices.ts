/** Exits that the system reports, beside those that the exit watch sees: whichever comes first counts. */
import type { ProcessTrees } from '../../app/ports';
import type { SystemProcessTable } from '../processTable/index';

export function withNotices(watchExit: ProcessTrees['watchExit'], table: SystemProcessTable): ProcessTrees['watchExit'] {
  if (table.awaitExit === undefined) return watchExit;
  return (process, gone, hasSigns) => {
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      dispose();
      gone();
    };
    const looks = watchExit(process, end, hasSigns);
    const notice = table.awaitExit?.(process, end);
    const dispose = (): void => {
      isOver = true;
      looks.dispose();
      notice?.dispose();
    };
    return { suspect: () => looks.suspect(), dispose };
  };
}
