/** Attaches VS Code's debugger for Node to a service that waits for it. */
import { nodeAttach } from '../../core/debug/configuration';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { showMessage } from '../../messages/showMessage';
import { startSession } from '../debug/startSessions';

/** `cwd`: the folder that the service runs in. */
export async function attachDebugger(
  spec: ServiceSpec,
  { port, cwd }: { readonly port: number; readonly cwd: string },
): Promise<void> {
  if (await startSession(spec, nodeAttach(spec.key, { address: '127.0.0.1', port, cwd }))) return;
  void showMessage('warning', t('No debugger could be attached to {0} on port {1}.', spec.key, port));
}
