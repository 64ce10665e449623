/** The key `port`: a number, or which ports may be chosen. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import type { PortChoice } from '../model/service';
import { wholeNumber } from './fields';
import { subject } from './subject';

/**
 * What "auto" means. Below every range that systems choose from (Linux begins at 32768, macOS and Windows at 49152) and
 * below the node ports of Kubernetes (30000); no server in common use has its default here.
 */
export const automaticPorts: PortChoice = { from: 23_400, to: 23_999 };

const must = t('{0} must be a whole number from 1 to 65535, "auto", or a range such as [8000, 8099].', subject);
const number = wholeNumber(1, 65535, must);

export const portOrChoice = v.union(
  [
    number,
    v.pipe(
      v.picklist(['auto'], must),
      v.transform((): PortChoice => automaticPorts),
    ),
    v.pipe(
      v.array(number, must),
      v.length(2, must),
      v.check(([from = 0, to = 0]) => from <= to, must),
      v.transform(([from = 1, to = 1]): PortChoice => ({ from, to })),
    ),
  ],
  must,
);
