/** A port is taken: tells by whom, and asks what to do. Nobody's process is ended without this consent, which names its pid. */
import * as vscode from 'vscode';
import { describeOwner } from '../core/explain';
import type { PortOwner } from '../core/process';
import type { ServiceSpec } from '../core/service';

export async function askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<'stop' | 'adopt' | 'cancel'> {
  const stop = `${stopTitle(owners)} and Start`;
  const adopt = 'Watch It';
  const message = `${spec.key} needs port ${spec.port ?? ''}, which is taken by ${listOwners(owners)}.`;
  const answer = await vscode.window.showWarningMessage(message, stop, ...(owners.length === 1 ? [adopt] : []), 'Leave It');
  if (answer === stop) return 'stop';
  return answer === adopt ? 'adopt' : 'cancel';
}

export const stopTitle = (owners: readonly PortOwner[]): string =>
  `Stop ${owners.map(({ process }) => `pid ${process.pid}`).join(', ')}`;

/** Each with its command, its folder, and since when it runs. */
export const listOwners = (owners: readonly PortOwner[]): string =>
  owners.map((owner) => `${describeOwner(owner)}, started ${new Date(owner.startedAt).toLocaleTimeString()}`).join('; ');
