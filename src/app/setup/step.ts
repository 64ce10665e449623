/** What a setup step is run with, and what becomes of it. */
import type { StepFailure } from '../../core/model/failure';
import type { ServiceSpec } from '../../core/model/service';
import type { ProcessIdentity } from '../../core/model/process';
import type { StartedBy } from '../../core/lifecycle/state';
import type {
  Clock,
  KillOutcome,
  Log,
  PreparedStep,
  ProcessTable,
  ProcessTree,
  ProcessTrees,
  StepFiles,
  StepNotes,
  StepPreflight,
  StepTerminals,
} from '../ports';

export interface StepParts {
  readonly preflight: StepPreflight;
  readonly terminals: StepTerminals;
  readonly files: StepFiles;
  readonly notes: StepNotes;
  readonly trees: ProcessTrees;
  readonly processes: ProcessTable;
  readonly clock: Clock;
  readonly log: Log;
  newRun(): string;
  /** The extension host of this window; undefined where it cannot be identified. */
  ownWindow(): ProcessIdentity | undefined;
}

export interface StepRequest {
  readonly spec: ServiceSpec;
  readonly step: PreparedStep;
  readonly by: StartedBy;
}

export type StepOutcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly cause: StepFailure }
  /** A person closed its terminal. */
  | { readonly kind: 'closed' }
  /** No service waits for it any more: all its processes are gone, except `survivors`. */
  | { readonly kind: 'calledOff'; readonly survivors?: { readonly tree: ProcessTree; readonly outcome: KillOutcome } };
