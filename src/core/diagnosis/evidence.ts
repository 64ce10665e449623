/** Evidence that several rules show in the same words. */
import { t } from '../wording/l10n';
import type { Listener } from '../model/process';
import { place, value } from './queries';
import { closeWaits } from './closeWaits';
import type { Facts } from './facts';

export const listens = (listener: Listener): string => t('Listening on {0}', place(listener));

/** Names the process as well, unless another user owns it: then it is not visible. */
export const listensAs = (listener: Listener): string =>
  listener.pids.length === 0
    ? t('Listening on {0} (process not visible)', place(listener))
    : t('Listening on {0} (pid {1})', place(listener), listener.pids.join(', '));

/** The open connections of the port, and those that the service should have closed. */
export const connections = (facts: Facts): readonly string[] => [
  ...openConnections(value(facts.connections)?.get('ESTABLISHED') ?? 0),
  ...unclosedConnections(closeWaits(facts) ?? 0),
];

/** The processes with an open connection to the port, most connections first. */
export function clients(facts: Facts): readonly { readonly pid: number; readonly name: string; readonly amount: number }[] {
  const rows = new Map((value(facts.processes) ?? []).map(({ pid, command }) => [pid, command]));
  return [...(value(facts.clients) ?? [])]
    .map(([pid, amount]) => ({ pid, name: programOf(rows.get(pid) ?? ''), amount }))
    .sort((a, b) => b.amount - a.amount);
}

export const clientEvidence = (facts: Facts): readonly string[] =>
  clients(facts)
    .slice(0, maxShownClients)
    .map(({ pid, name, amount }) =>
      amount === 1
        ? t('Open connection from {0} (pid {1})', name, pid)
        : t('{0} open connections from {1} (pid {2})', amount, name, pid),
    );

const maxShownClients = 3;

/** The name of the program without its folder and arguments. */
const programOf = (command: string): string => {
  const [program = ''] = command.trim().split(/\s/);
  return program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1) || '?';
};

function openConnections(amount: number): readonly string[] {
  if (amount === 0) return [];
  return [amount === 1 ? t('1 open connection') : t('{0} open connections', amount)];
}

function unclosedConnections(amount: number): readonly string[] {
  if (amount === 0) return [];
  return [amount === 1 ? t('1 connection left unclosed (CLOSE_WAIT)') : t('{0} connections left unclosed (CLOSE_WAIT)', amount)];
}

/** What the health check asks for. */
export const probedAs = (facts: Pick<Facts, 'spec'>): string => t('Probe: {0}', asked(facts));

function asked({ spec }: Pick<Facts, 'spec'>): string {
  const target = spec.probe?.target;
  if (target === undefined) return t('none');
  switch (target.kind) {
    case 'http':
      return target.address;
    case 'tcp':
      return t('TCP port {0}', target.port);
    case 'exec':
      return target.command;
    case 'container':
      return t('the state of the container');
  }
}
