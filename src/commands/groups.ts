/** The commands for groups: from the row of a group, a role or a folder, by the name of a group, or by choice. */
import { runningDependents } from '../app/together';
import type { Service } from '../core/lifecycle/state';
import { commandIds } from '../core/model/commandIds';
import { groupChoices, groupNamed, rowOf } from '../core/views/grouping';
import type { Together } from '../core/views/grouping';
import { button } from '../core/wording/button';
import { t } from '../core/wording/l10n';
import { listOf } from '../core/wording/listOf';
import { showPick } from '../messages/showPick';
import { showMessage } from '../messages/showMessage';

export interface GroupActions {
  services(): readonly Service[];
  stop(id: string): void;
  /** Starts services; returns the ids of the others that are started because these depend on them. */
  startTogether(ids: readonly string[]): readonly string[];
  /** Stops services, dependents first; settles when all are stopped. */
  stopTogether(ids: readonly string[]): Promise<void>;
  /** Stops services, dependents first, then starts all; settles when they were asked to start. Returns what `startTogether` does. */
  restartTogether(ids: readonly string[]): Promise<readonly string[]>;
  openConfig(id: string | undefined): Promise<void>;
}

type Handler = (argument: unknown) => unknown;

export const groupHandlers = (actions: GroupActions): Readonly<Record<string, Handler>> => ({
  [commandIds.startGroup]: (argument) =>
    withGroup(actions, argument, t('Start which group?'), ({ name, ids }) => nameOthers(name, actions.startTogether(ids))),
  [commandIds.stopGroup]: (argument) =>
    withGroup(actions, argument, t('Stop which group?'), ({ name, ids }) => {
      void actions.stopTogether(ids);
      offerDependents(actions, name, ids);
    }),
  [commandIds.restartGroup]: (argument) =>
    withGroup(actions, argument, t('Restart which group?'), async ({ name, ids }) =>
      nameOthers(name, await actions.restartTogether(ids)),
    ),
});

interface Group {
  readonly name: string;
  readonly ids: readonly string[];
}

async function withGroup(
  actions: GroupActions,
  argument: unknown,
  question: string,
  act: (group: Group) => unknown,
): Promise<void> {
  const written = named(argument, actions.services());
  if (written === undefined && typeof argument === 'string') {
    reportUnknown(argument);
    return;
  }
  const group = written ?? (await choose(actions, question));
  if (group !== undefined) await act({ name: group.name, ids: group.services.map(({ spec }) => spec.id) });
}

function named(argument: unknown, services: readonly Service[]): Together | undefined {
  if (typeof argument === 'string') return groupNamed(argument, services);
  const isRow = typeof argument === 'object' && argument !== null && 'key' in argument && typeof argument.key === 'string';
  return isRow ? rowOf(String(argument.key), services) : undefined;
}

function reportUnknown(name: string): void {
  void showMessage('warning', t('No service is in the group "{0}": check the name in services.json.', name));
}

async function choose(actions: GroupActions, question: string): Promise<Together | undefined> {
  const choices = groupChoices(actions.services());
  if (choices.length === 0) {
    const message = t('No service is in a group: add "groups" to services in services.json.');
    const answer = await showMessage('information', message, button(t('Open File')));
    if (answer !== undefined) await actions.openConfig(undefined);
    return undefined;
  }
  const options = { title: t('Services'), placeHolder: question, matchOnDescription: true };
  const choice = choices.length === 1 ? choices[0] : await showPick(choices, options);
  return choice === undefined ? undefined : groupNamed(choice.label, actions.services());
}

/** Services outside of the group were started for it: the user did not name them. */
function nameOthers(group: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const names = listOf(ids, 'and');
  void showMessage(
    'information',
    ids.length === 1
      ? t('{0} is started as well, because {1} depends on it.', names, group)
      : t('{0} are started as well, because {1} depends on them.', names, group),
  );
}

/** What needs a service that is being stopped may fail: it is named, and can be stopped too. */
function offerDependents(actions: GroupActions, group: string, ids: readonly string[]): void {
  const running = runningDependents(ids, actions.services());
  if (running.length === 0) return;
  const stopThem = button(running.length === 1 ? t('Stop It Too') : t('Stop Them Too'));
  const names = listOf(
    running.map(({ spec }) => spec.id),
    'and',
  );
  const message =
    running.length === 1
      ? t('{0} depends on services of {1}, which are being stopped.', names, group)
      : t('{0} depend on services of {1}, which are being stopped.', names, group);
  void showMessage('warning', message, stopThem).then((answer) => {
    if (answer === stopThem) for (const { spec } of running) actions.stop(spec.id);
  });
}
