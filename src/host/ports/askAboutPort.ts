/** Names the processes on a port that a service needs, and asks what to do. No process is ended without this consent. */
import { button } from '../../core/wording/button';
import type { ButtonTitle } from '../../core/wording/button';
import { escapeIcons } from '../../core/wording/markdown';
import { plainMessage } from '../../core/wording/plainMessage';
import { t } from '../../core/wording/l10n';
import { endableOwners, endAndStartTitle, listOwners } from '../../core/wording/owners';
import type { PortOwner } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import { showPick } from '../../messages/showPick';
import { showMessage } from '../../messages/showMessage';

export type PortAnswer = 'stop' | 'adopt' | 'cancel';

/** Gives the service a free port instead of its fixed one, and starts it; after the start that waits for the answer was cancelled. */
export type UseFreePort = (id: string) => void;

/** Asks in a notification. Returns undefined when it was closed without an answer: then the row of the service keeps the question. */
export async function askAboutPort(
  spec: ServiceSpec,
  owners: readonly PortOwner[],
  useFreePort: UseFreePort,
): Promise<PortAnswer | undefined> {
  const choices = choicesFor(spec, owners);
  const title = await showMessage('warning', questionOf(spec, owners), ...choices.map((choice) => choice.title));
  return chosen(
    choices.find((choice) => choice.title === title),
    spec,
    useFreePort,
  );
}

/** Asks the same in a list, which a click on the row opens. Returns undefined when nothing was chosen. */
export async function pickAboutPort(
  spec: ServiceSpec,
  owners: readonly PortOwner[],
  useFreePort: UseFreePort,
): Promise<PortAnswer | undefined> {
  const items = choicesFor(spec, owners).map((choice) => ({ ...choice, label: escapeIcons(choice.title) }));
  const item = await showPick(items, {
    title: spec.key,
    placeHolder: plainMessage(questionOf(spec, owners)),
  });
  return chosen(item, spec, useFreePort);
}

function chosen(choice: Choice | undefined, { id }: ServiceSpec, useFreePort: UseFreePort): PortAnswer | undefined {
  if (choice?.answer !== 'useFreePort') return choice?.answer;
  useFreePort(id);
  return 'cancel';
}

const questionOf = (spec: ServiceSpec, owners: readonly PortOwner[]): string =>
  t('{0} needs port {1}, which is in use by {2}.', spec.key, spec.port ?? '', listOwners(owners));

interface Choice {
  readonly title: ButtonTitle;
  readonly answer: PortAnswer | 'useFreePort';
}

function choicesFor(spec: ServiceSpec, owners: readonly PortOwner[]): readonly Choice[] {
  const endable = endableOwners(owners);
  const isOtherProcess = owners.length === 1 && owners[0]?.origin.kind !== 'service';
  const end: Choice = { title: endAndStartTitle(endable), answer: 'stop' };
  const adopt: Choice = { title: button(t('Monitor Only')), answer: 'adopt' };
  const cancel: Choice = { title: button(t('Cancel')), answer: 'cancel' };
  const other: Choice = { title: button(t('Use Free Port')), answer: 'useFreePort' };
  return [
    ...(endable.length === owners.length ? [end] : []),
    ...(isOtherProcess ? [adopt] : []),
    ...(spec.portChoice === undefined && owners.some((owner) => isOfOtherFolder(owner, spec)) ? [other] : []),
    cancel,
  ];
}

/** As in another worktree: both can run, with ports of their own. */
const isOfOtherFolder = ({ origin }: PortOwner, { folder }: ServiceSpec): boolean =>
  origin.kind === 'service' && origin.folder !== folder;
