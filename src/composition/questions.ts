/** Connects everything that waits for an answer of the user: each question can be opened again from the row of its service. */
import { showTerminal } from '../app/showTerminal';
import type { Service } from '../core/lifecycle/state';
import { openQuestion } from '../core/snapshot/openQuestion';
import { consentToAutoStart, pickChangedCommands } from '../host/consent/autoStart';
import { pickAboutPort } from '../host/ports/askAboutPort';
import { specs } from './parts';
import type { Parts } from './parts';

/** Opens the question of the service; nothing happens when it has none any more. */
export async function answerQuestion(service: Service, parts: Parts): Promise<void> {
  const { supervisor } = parts;
  const { spec, state } = service;
  switch (openQuestion(state.lifecycle)) {
    case 'port': {
      const { lifecycle } = state;
      const owners = lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked' ? lifecycle.phase.owners : [];
      const answer = await pickAboutPort(spec, owners, parts.useFreePort);
      if (answer !== undefined) supervisor.answerPort(spec.id, answer);
      return;
    }
    case 'terminal':
      showTerminal(spec.id, 'takeFocus', parts);
      return;
    case 'autoStart':
      return askForAutoStart(parts, 'review', (other) => openQuestion(other.state.lifecycle) === 'autoStart');
    case 'changedCommands': {
      const answer = await pickChangedCommands(await parts.consent.planOf(spec));
      if (answer === 'start') supervisor.start(spec.id);
      if (answer === 'dismiss') supervisor.stop(spec.id);
      return;
    }
    case undefined:
      return;
  }
}

/**
 * Starts the services that the user allows to start with the workspace. Until there is an answer, their rows ask for it; one that is
 * declined is only not started. `which` are those to ask about.
 */
export async function askForAutoStart(
  { store, supervisor, sharing, consent }: Parts,
  how: 'notify' | 'review',
  which: (service: Service) => boolean = () => true,
): Promise<void> {
  const isWanted = (service: Service | undefined): service is Service =>
    service !== undefined && (how === 'review' || sharing.leads(service.spec)) && which(service);
  if (!store.services().some(isWanted)) return;
  const asked = { how, waiting: (id: string) => isWanted(store.get(id)) && supervisor.awaitConsent(id) };
  const { allowed, declined } = await consentToAutoStart(specs(store), consent, asked);
  for (const { id } of allowed) if (isWanted(store.get(id))) supervisor.start(id, how === 'review' ? 'user' : 'auto');
  for (const { id } of declined) {
    const lifecycle = store.get(id)?.state.lifecycle;
    if (lifecycle !== undefined && openQuestion(lifecycle) === 'autoStart') supervisor.stop(id);
  }
}
