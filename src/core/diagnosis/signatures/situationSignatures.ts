/** Signatures of situations that are no error of the program. Seen in the output or the source of the tools; see the examples. */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const situationSignatures: readonly Signature[] = [
  sign(
    'debugger',
    'Node',
    /^Debugger listening on (?<address>ws:\/\/[^\s/]+:(?<port>\d+))/,
    'Debugger listening on ws://127.0.0.1:9229/4b0c9fc1-0b8c-4f7a-9a9b-2f1a2a3b4c5d',
  ),
  sign(
    'debugger',
    'Java',
    /^Listening for transport dt_socket at address: (?<port>\d+)/,
    'Listening for transport dt_socket at address: 5005',
  ),
  sign('debugger', 'Delve', /^API server listening at: (?<address>\S+:(?<port>\d+))/, 'API server listening at: 127.0.0.1:2345'),
];
