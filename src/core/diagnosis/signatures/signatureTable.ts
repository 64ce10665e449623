/** All signatures. Where two rows match a line, the first one counts. */
import { containerSignatures } from './containerSignatures';
import { platformSignatures } from './platformSignatures';
import { portSignatures } from './portSignatures';
import { programSignatures } from './programSignatures';
import { runtimeSignatures } from './runtimeSignatures';
import { situationSignatures } from './situationSignatures';
import type { Signature } from './signatures';
import { surroundingSignatures } from './surroundingSignatures';

export const signatureTable: readonly Signature[] = [
  ...containerSignatures,
  ...portSignatures,
  ...platformSignatures,
  ...runtimeSignatures,
  ...programSignatures,
  ...surroundingSignatures,
  ...situationSignatures,
];
