/** How long VS Code takes to load the extension's code and to activate it, in a host where nothing else happens any more. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { folder } from '../../host/support/services';
import { pause } from '../time';
import { processorTime } from '../../support/processorTime';
import type { ActivationAnswer, Order } from './order';

type ActivationOrder = Extract<Order, { kind: 'activation' }>;

/** After its start the host has work of its own; in ms. */
const calm = 3000;

/** The file comes after the window has opened, so that it is us who activate, and not VS Code at a moment of its choice. */
export async function activation({ services }: ActivationOrder): Promise<ActivationAnswer> {
  const extension = vscode.extensions.getExtension('service-lifecycle.service-lifecycle');
  if (extension === undefined) throw new Error('The extension is not there.');
  await pause(calm);
  if (extension.isActive) throw new Error('The extension was active before it was asked for.');
  await writeFile(join(folder(), '.vscode', 'services.json'), JSON.stringify({ services }));
  const before = { at: performance.now(), processor: processorTime() };
  await extension.activate();
  return { passed: performance.now() - before.at, used: processorTime() - before.processor };
}
