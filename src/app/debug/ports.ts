/** What the application knows of debuggers. */
import type { LaunchCompound, LaunchEntry } from '../../core/debug/launchEntries';
import type { EnvironmentChange } from '../../core/debug/launchEnvironment';
import type { ServiceIdentity } from '../../core/model/identity';
import type { Disposable } from '../ports';

/** The debug sessions of this window. Those that Debug started belong to a service; of any other it is not known what they debug. */
export interface Debuggers {
  /** Whether a session of the service is there. */
  isAttached(service: ServiceIdentity): boolean;
  /** Whether its debugger holds the service still, or one that may be its own does: restarts have to wait. */
  isPaused(service: ServiceIdentity): boolean;
  /** Calls when the debugger of a service begins to hold it still, and when it does so no more. */
  onDidPause(listener: (service: ServiceIdentity, isPaused: boolean) => void): Disposable;
  /** Ends the sessions of the service, which lets a paused process go on. Settles when they have ended, at the latest after 2 s. */
  detach(service: ServiceIdentity): Promise<void>;
  /** What the environment of the next launch gets so that it can be debugged; only that one does. */
  takeEnvironment(service: ServiceIdentity, env: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
}

/** Starts sessions; what a session is started for is known from then on. */
export interface SessionStarter extends Pick<Debuggers, 'isAttached'> {
  /** False when VS Code did not start it. `quiet`: no view is opened for it. */
  start(service: ServiceIdentity, configuration: LaunchEntry, how?: 'shown' | 'quiet'): Promise<boolean>;
  /** Starts all launch configurations of the compound; false when one of them was not started. */
  startCompound(service: ServiceIdentity, compound: LaunchCompound): Promise<boolean>;
  /** The environment of the next launch is changed, unless it is disposed of before. */
  prepare(service: ServiceIdentity, change: EnvironmentChange): Disposable;
  /** Calls when the last session of a service has ended, and neither the user nor `detach` has ended it. */
  onDidLose(listener: (service: ServiceIdentity) => void): Disposable;
}
