/** The agents' bundle: the engine of their tools and the door for programs. Loaded when the first of them calls. */
import './language';
import * as vscode from 'vscode';
import { Door } from '../app/agents/door';
import { Engine } from '../app/agents/engine';
import { toolHandler } from '../host/agents/toolHandler';
import { externalUrlOf } from './externalUrl';
import { windowResponds } from '../host/sharing/ownWindow';
import { searchLines } from '../os/agents/searchLines';
import type { Agents } from './agentsBundle';
import type { Deferred } from './deferred';
import type { Parts } from './parts';

export function connectAgents({ store, supervisor, world, preflight, sharing, logs, ready }: Parts, deferred: Deferred): Agents {
  const { clock } = world;
  const isTrusted = (): boolean => vscode.workspace.isTrusted;
  const engine = new Engine({
    ...{ store, supervisor, clock, logs, isTrusted },
    events: deferred.events,
    refreshLog: (service) => deferred.keptLogs.refresh(service).catch(() => undefined),
    diagnose: (id) => deferred.diagnose(id),
    runChecks: (id) => deferred.runChecks(id),
    runCommand: (request) => deferred.commands.run(request),
    output: (service) => sharing.output(service),
    externalUrl: externalUrlOf,
    envFileValues: ({ spec }) => preflight.envFileValues(spec).catch(() => []),
    search: searchLines,
  });
  // Until the files are read there are no services.
  const call: Engine['call'] = async (...given) => {
    await ready;
    return engine.call(...given);
  };
  const runCommand: Engine['runCommand'] = async (...given) => {
    await ready;
    return engine.runCommand(...given);
  };
  const door = new Door({
    engine: { call, runCommand },
    clock,
    folderAt: (place) => sharing.ledAt(place),
    responds: windowResponds,
  });
  return {
    ...toolHandler({ call, describe: (name) => engine.describe(name) }),
    open: (connection, first) => door.open(connection, first),
  };
}
