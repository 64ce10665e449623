/** The command Run Command: finds the service and the one-off command, runs it, and reports a failure with its verdict. */
import type { CommandOutcome } from '../app/commands/commandRuns';
import type { Service } from '../core/lifecycle/state';
import type { CommandState } from '../core/model/commandResult';
import { defined } from '../core/model/defined';
import type { Finding } from '../core/diagnosis/finding';
import { suggest } from '../core/config/suggest';
import { commandEndWords } from '../core/wording/commandResult';
import { button } from '../core/wording/button';
import { t } from '../core/wording/l10n';
import { escapeIcons } from '../core/wording/markdown';
import { asSentence } from '../core/wording/sentence';
import { oneLine } from '../core/wording/text';
import { showPick } from '../messages/showPick';
import { showMessage } from '../messages/showMessage';

export interface RunCommandActions {
  /** Runs a command, whose terminal is shown. Never rejects. */
  runCommand(service: Service, name: string): Promise<CommandOutcome>;
  showCommand(service: Service, name: string): Promise<void>;
  showFindings(name: string, findings: readonly Finding[]): Promise<void>;
  openConfig(id: string | undefined): Promise<void>;
}

/** `name`: a key of `commands`; without it, the only one runs, or the user chooses. */
export async function runCommand(actions: RunCommandActions, service: Service, name: unknown): Promise<void> {
  const wanted = typeof name === 'string' ? known(service, name) : await choose(actions, service);
  if (wanted === undefined) return;
  const outcome = await actions.runCommand(service, wanted);
  if (outcome.end.kind === 'failed' || outcome.end.kind === 'refused') await report(actions, service, { name: wanted, outcome });
}

function known({ spec }: Service, name: string): string | undefined {
  if (Object.hasOwn(spec.commands, name)) return name;
  const near = suggest(name, Object.keys(spec.commands));
  void showMessage(
    'warning',
    near === undefined
      ? t('{0} has no command "{1}": check the name in services.json.', spec.key, name)
      : t('{0} has no command "{1}": did you mean "{2}"?', spec.key, name, near),
  );
  return undefined;
}

async function choose(actions: RunCommandActions, { spec, commandStates = {} }: Service): Promise<string | undefined> {
  const names = Object.entries(spec.commands);
  if (names.length === 0) {
    const answer = await showMessage(
      'information',
      t('{0} has no commands: add "commands" in services.json.', spec.key),
      button(t('Open File')),
    );
    if (answer !== undefined) await actions.openConfig(spec.id);
    return undefined;
  }
  const [only] = names;
  if (names.length === 1) return only?.[0];
  const items = names.map(([name, line]) => ({
    label: escapeIcons(name),
    name,
    description: escapeIcons(oneLine(line)),
    ...defined({ detail: resultOf(commandStates[name]) }),
  }));
  const options = { title: spec.key, placeHolder: t('Run which command?'), matchOnDescription: true };
  return (await showPick(items, options))?.name;
}

function resultOf(state: CommandState | undefined): string | undefined {
  if (state?.isRunning === true) return t('Running');
  return state?.last === undefined ? undefined : escapeIcons(commandEndWords(state.last.end));
}

/** The cause first; the findings of the command, not of the service, are behind Diagnose. */
async function report(
  actions: RunCommandActions,
  service: Service,
  { name, outcome: { end, findings } }: { readonly name: string; readonly outcome: CommandOutcome },
): Promise<void> {
  const diagnose = button(t('Diagnose'));
  const terminal = button(t('Show Terminal'));
  const buttons = [...(findings.length === 0 ? [] : [diagnose]), ...(end.kind === 'refused' ? [] : [terminal])];
  const message = t('{0}, "{1}": {2}', service.spec.key, name, asSentence(commandEndWords(end)));
  const answer = await showMessage('warning', message, ...buttons);
  if (answer === diagnose) await actions.showFindings(name, findings);
  if (answer === terminal) await actions.showCommand(service, name);
}
