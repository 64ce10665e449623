/** The short form of every expected failure: the cause in a few words. `explain.ts` has the sentences. */
import type { DependencyProblem } from '../model/dependency';
import type { EndedPart } from '../model/endedPart';
import type { Failure, LaunchFailure, ProbeFailure, ProcessEnd, StepFailure, StopCause } from '../model/failure';
import type { HangEvidence } from '../model/health';
import type { PortHolder, PortOwner } from '../model/process';
import type { ProbeSpec } from '../model/service';
import { brief, briefLine } from './brief';
import type { Brief } from './brief';
import { t } from './l10n';
import { programName } from './programName';
import { span } from './span';

export function briefFailure(failure: Failure): Brief {
  switch (failure.kind) {
    case 'launch':
      return briefLaunch(failure.failure);
    case 'crashed':
      return briefEnd(failure.end);
    case 'setup':
      return briefSetup(failure.step, failure.cause);
    case 'neverReady':
      return failure.probe === undefined
        ? brief(() => t('Not ready after {0}', span(failure.waited)))
        : briefProbe(failure.probe);
    case 'dependency':
      return briefDependency(failure.id, failure.problem);
    case 'portTaken':
      return briefPortTaken(failure.port, failure.owners);
    case 'portForbidden':
      return brief(() => t('Port {0} is not allowed', failure.port));
    case 'portStillHeld':
      return briefPortInUse(failure.port, nameOfHolder(failure.holders));
    case 'cannotStop':
      return briefSurvivors(failure.pids);
    case 'gaveUp':
      return briefFailure(failure.last);
  }
}

export function briefLaunch(failure: LaunchFailure): Brief {
  switch (failure.kind) {
    case 'untrusted':
      return brief(() => t('Workspace is not trusted'));
    case 'noFreePort':
      return brief(() => t('No free port'));
    case 'missingFolder':
      return brief((folder) => t("No folder '{0}'", folder), lastPart(failure.path));
    case 'notAFolder':
      return brief((file) => t("'{0}' is not a folder", file), lastPart(failure.path));
    case 'missingCommand':
      return briefNoCommand(failure.command);
    case 'missingEnvFile':
      return brief((file) => t('{0} is missing', file), lastPart(failure.path));
    case 'unreadableEnvFile':
      return brief((file) => t('{0} is not readable', file), lastPart(failure.path));
    case 'unknownVariable':
      return brief((name) => t('No value for {0}', name), failure.variable);
    case 'abandoned':
      return brief(() => t('Stopped before its start'));
    case 'unsavedSettings':
      return brief(() => t('Settings are not saved'));
    case 'notAgreed':
      return brief(() => t('Needs you: commands changed'));
    case 'taskRefused':
      return brief(() => t('VS Code refused the task'));
    case 'unconfirmed':
      return brief(() => t('Start is not confirmed'));
    case 'internal':
      return brief(() => t('Internal error'));
  }
}

/** It counts as up: the path was not tried. */
export const briefWrongPath = ({ target }: ProbeSpec, status: number): Brief =>
  brief((path) => t('Up; {0} gave HTTP {1}', path, status), target.kind === 'http' ? target.address : '');

export function briefProbe(failure: ProbeFailure): Brief {
  switch (failure.kind) {
    case 'workerDead':
      return failure.line === '' ? brief(() => t('Server has exited')) : briefLine(failure.line);
    case 'refused':
      return briefNothingOn(failure.port);
    case 'noAnswer':
      return brief(() => t('No response in {0}', span(failure.timeout)));
    case 'slow':
      return brief(() => t('Slow: response took {0}', span(failure.took)));
    case 'reset':
      return brief(() => t('Closes each connection'));
    case 'httpsExpected':
      return brief(() => t('Port uses HTTPS, not HTTP'));
    case 'httpExpected':
      return brief(() => t('Port uses HTTP, not HTTPS'));
    case 'notHttp':
      return brief(() => t('Port does not use HTTP'));
    case 'badStatus':
      if (failure.why === 'host') return brief(() => t('Host header rejected (HTTP {0})', failure.status));
      if (failure.why === 'webSocket') return brief(() => t('Only WebSocket (HTTP {0})', failure.status));
      if (failure.why === 'airplay') return brief(() => t('AirPlay responds (HTTP {0})', failure.status));
      return brief(() => t('HTTP {0} (health check)', failure.status));
    case 'badBody':
      return brief(() => t('Unexpected response body'));
    case 'execFailed': {
      const { exitCode } = failure;
      return exitCode === undefined
        ? brief(() => t('Health check failed'))
        : brief(() => t('Exit code {0} (health check)', exitCode));
    }
    case 'unknownHost':
      return brief((host) => t("Unknown host '{0}'", host), failure.host);
    case 'unreachable':
      return brief(() => t('Not reachable'));
    case 'container':
      return briefContainer(failure.state);
    case 'containerStarting':
      return brief(() => t('Container not healthy yet'));
    case 'containerUnhealthy':
      return brief(() => t('Container is unhealthy'));
  }
}

function briefContainer(state: Extract<ProbeFailure, { kind: 'container' }>['state']): Brief {
  switch (state) {
    case 'missing':
      return brief(() => t('No container'));
    case 'created':
      return brief(() => t('Container is not running'));
    case 'paused':
      return brief(() => t('Container is paused'));
    case 'restarting':
      return brief(() => t('Container is restarting'));
    case 'exited':
      return brief(() => t('Container has exited'));
  }
}

/** Of several facts the one that explains the others; undefined when nothing was found. */
export function briefHang(evidence: HangEvidence | undefined): Brief | undefined {
  if (evidence === undefined) return undefined;
  if (evidence.stoppedPids.length > 0) return briefPaused(evidence.stoppedPids);
  if (evidence.listeners > 1) return brief(() => t('{0} servers share the port', evidence.listeners));
  return evidence.closeWait === 0 ? undefined : briefUnclosed(evidence.closeWait);
}

export const briefPaused = (pids: readonly number[]): Brief => {
  const [pid = 0] = pids;
  return pids.length === 1 ? brief(() => t('Paused (pid {0})', pid)) : brief(() => t('Paused ({0} processes)', pids.length));
};

export const briefUnclosed = (count: number): Brief => brief(() => t('Connections not closed: {0}', count));

export const briefNothingOn = (port: number): Brief => brief(() => t('Nothing on port {0}', port));

export const briefNoCommand = (command: string): Brief => brief((name) => t("No command '{0}'", name), lastPart(command));

/** Names the service or the program that holds the port, where it is known. */
export const briefPortTaken = (port: number | undefined, owners: readonly PortOwner[]): Brief =>
  briefPortInUse(port, nameOfOwner(owners));

function briefPortInUse(port: number | undefined, who: string | undefined): Brief {
  if (port === undefined) return brief(() => t('Its port is in use'));
  return who === undefined
    ? brief(() => t('Port {0} in use', port))
    : brief((name) => t('Port {0} in use ({1})', port, name), who);
}

function nameOfOwner([first]: readonly PortOwner[]): string | undefined {
  if (first === undefined) return undefined;
  switch (first.origin.kind) {
    case 'service':
      return first.origin.key;
    case 'editor':
      return 'VS Code';
    case 'leftOver':
    case 'other':
      return programName(first.command) || undefined;
  }
}

const nameOfHolder = ([first]: readonly PortHolder[]): string | undefined => programName(first?.command ?? '') || undefined;

export function briefSurvivors(pids: readonly number[]): Brief {
  const [pid, ...others] = pids;
  return pid === undefined || others.length > 0
    ? brief(() => t('Cannot be stopped'))
    : brief(() => t('Cannot be stopped (pid {0})', pid));
}

export function briefSetup(step: string, cause: StepFailure): Brief {
  switch (cause.kind) {
    case 'refused':
      return briefLaunch(cause.failure);
    case 'noResult':
      return brief((name) => t('setup "{0}": no result', name), step);
    case 'ended': {
      const { exitCode } = cause.end;
      return exitCode === undefined
        ? brief((name) => t('setup "{0}" failed', name), step)
        : brief((name) => t('setup "{0}": exit {1}', name, exitCode), step);
    }
  }
}

/** What the output says, else the exit code with what is known of it. */
export function briefEnd({ exitCode, lastLine = '' }: ProcessEnd): Brief {
  if (lastLine.trim() !== '') return briefLine(lastLine);
  switch (exitCode === undefined ? undefined : exitCode >>> 0) {
    case undefined:
      return brief(() => t('Exited unexpectedly'));
    case 0:
      return brief(() => t('Exited (code 0), or killed'));
    case 127:
    case 9009:
      return brief(() => t('Command not found'));
    case 134:
      return brief(() => t('Aborted (exit code {0})', 134));
    case 137:
      return brief(() => t('Killed (exit code {0})', 137));
    case 139:
      return brief(() => t('Segmentation fault'));
    default:
      return brief(() => t('Exit code {0}', exitCode ?? ''));
  }
}

export function briefDependency(id: string, problem: DependencyProblem): Brief {
  switch (problem.kind) {
    case 'notConfigured':
      return brief((name) => t('{0} is not configured', name), id);
    case 'stopped':
      return briefNotRunning(id);
    case 'failed':
      return brief((name) => t('{0} failed', name), id);
    case 'exited':
    case 'notCompleted':
      return problem.kind === 'notCompleted' && problem.exitCode !== undefined
        ? brief((name) => t('{0}: exit {1}', name, problem.exitCode ?? ''), id)
        : brief((name) => t('{0} has ended', name), id);
    case 'circle':
      return brief(() => t('Circle in "dependsOn"'));
  }
}

export const briefNotRunning = (name: string): Brief => brief((shown) => t('{0} not running', shown), name);

export function briefEnded([first]: readonly EndedPart[]): Brief {
  const { name, exitCode, detail = '' } = first ?? {};
  if (detail.trim() !== '') return briefLine(detail);
  if (name === undefined) return brief(() => t('One process has ended'));
  // A shell names a part by its whole command.
  const shown = /\s/.test(name) ? programName(name) : name;
  return exitCode === undefined
    ? brief((part) => t('{0} has ended', part), shown)
    : brief((part) => t('{0}: exit {1}', part, exitCode), shown);
}

/** Why a service is stopped, where that is not simply that the user wanted it. */
export function briefStop(cause: StopCause): Brief | undefined {
  switch (cause.kind) {
    case 'never':
    case 'command':
    case 'dismissed':
      return undefined;
    case 'awaitingConsent':
      return brief(() => t('Needs you: allow autostart'));
    case 'ctrlC':
      return brief(() => t('Stopped (Ctrl+C)'));
    case 'terminalClosed':
      return brief(() => t('Stopped (terminal closed)'));
    case 'portFreed':
      return brief(() => t('Stopped to free port {0}', cause.port));
    case 'unhealthyTooLong':
      return brief(() => t('Stopped (unhealthy for {0})', span(cause.limit)));
    case 'notWatched':
      return brief(() => t('No longer monitored'));
    case 'externalEnded':
      return brief(() => t('Monitored process has ended'));
    case 'forced':
      if (cause.graceMs === 0) return undefined;
      if (cause.asked === 'nothing') return brief(() => t('Stopped (killed)'));
      return brief(() => t('Stopped (killed after {0})', span(cause.graceMs)));
  }
}

/** The last part of a path: no row has room for a whole one. */
export const lastPart = (path: string): string => {
  const trimmed = path.replace(/[\\/]{1,9}$/, '');
  return trimmed.slice(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1) || path;
};
