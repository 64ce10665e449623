/** A file name for any text, such as a path or an identity: the same for the same text, without a character that a file system refuses. */
import { createHash } from 'node:crypto';

/** 24 hexadecimal digits. */
export const fileNameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);
