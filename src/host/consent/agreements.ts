/** Keeps what the user agreed to in VS Code's storage of the workspace, where no file of the workspace can write it. */
import type * as vscode from 'vscode';
import type { Agreement, AgreementMemory } from '../../app/consent/consent';

export function createAgreements(memento: vscode.Memento): AgreementMemory {
  const keyOf = (agreement: Agreement): string => `consent.${agreement}`;
  const all = (agreement: Agreement): Readonly<Record<string, string>> => memento.get(keyOf(agreement)) ?? {};
  return {
    read: (agreement, identity) => all(agreement)[identity],
    write: (agreement, identity, fingerprint) => {
      if (all(agreement)[identity] !== fingerprint)
        void memento.update(keyOf(agreement), { ...all(agreement), [identity]: fingerprint });
    },
  };
}
