/** Everything that starting a service executes, or that decides what it executes: what a user agrees to. */
import type { ServiceSpec } from '../model/service';
import { t } from '../wording/l10n';

/** A command as it will run, variables replaced. */
export interface PlannedCommand {
  readonly command: string | readonly string[];
  readonly cwd: string;
  /** Variables that are added to the environment of VS Code, those of env files included. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ServicePlan {
  readonly spec: ServiceSpec;
  /** Undefined when it cannot be resolved now, for example because a folder or an env file is missing. */
  readonly launch: PlannedCommand | undefined;
  readonly setup: readonly (PlannedCommand & { readonly name: string })[];
  /** The same with variables in the place of ports that were chosen, where there are any: another one needs no other consent. */
  readonly written?: ServicePlan;
}

/**
 * A string that differs whenever something else would run: in other words, from another folder, with other variables, against another
 * port, or with another right to end processes. Two plans with the same string do the same.
 */
export function fingerprintText({ written, ...plan }: ServicePlan): string {
  if (written !== undefined) return fingerprintText(written);
  const { spec, launch, setup } = plan;
  const {
    folder,
    key,
    command,
    cwd,
    envFiles,
    env,
    port = spec.portChoice,
    probe,
    stopCommand,
    stopSignal,
    onPortConflict,
    restart,
    dependsOn,
  } = spec;
  return JSON.stringify([
    [folder, key, command, cwd, envFiles, sorted(env)],
    [port ?? null, probe?.target ?? null, sorted(probe?.headers ?? {}), stopCommand ?? null, stopSignal, onPortConflict, restart],
    [
      dependsOn.map(({ id, condition }) => [id, condition]),
      spec.setup.map(({ name, command: step, unless }) => [name, step, unless ?? null]),
    ],
    launch === undefined ? null : commandParts(launch),
    setup.map((step) => [step.name, commandParts(step)]),
    ...(spec.fixedAddresses === undefined ? [] : [sorted(spec.fixedAddresses)]),
  ]);
}

/** The services that a start of `ids` may start, dependencies before dependents, each once. Unknown ids are left out. */
export function closureOf(ids: readonly string[], lookUp: (id: string) => ServiceSpec | undefined): readonly ServiceSpec[] {
  const found = new Map<string, ServiceSpec>();
  const visited = new Set<string>();
  const visit = (id: string): void => {
    const spec = lookUp(id);
    if (spec === undefined || visited.has(id)) return;
    visited.add(id);
    for (const dependency of spec.dependsOn) visit(dependency.id);
    found.set(id, spec);
  };
  ids.forEach(visit);
  return [...found.values()];
}

/** The plan as plain text for a dialog, one fact per line. Values of variables are left out: they may be secrets. */
export function describePlan({ spec, launch, setup }: ServicePlan): string {
  const names = Object.keys(launch?.env ?? spec.env);
  const facts = [
    ...setup.map((step) => t('Setup ({0}): {1}', step.name, words(step.command))),
    t('Command: {0}', words(launch?.command ?? spec.command)),
    t('Folder: {0}', launch?.cwd ?? (spec.cwd === '' ? spec.folder : spec.cwd)),
    names.length === 0 ? '' : t('Environment variables: {0}', names.join(', ')),
    spec.envFiles.length === 0 ? '' : t('Env files: {0}', spec.envFiles.join(', ')),
    spec.probe?.target.kind === 'exec' ? t('Health check: {0}', spec.probe.target.command) : '',
    spec.stopCommand === undefined ? '' : t('Stop command: {0}', spec.stopCommand),
    spec.port === undefined ? '' : conflictText(spec.port, spec.onPortConflict),
  ];
  return [spec.id, ...facts.filter((fact) => fact !== '').map((fact) => `  ${fact}`)].join('\n');
}

function conflictText(port: number, policy: ServiceSpec['onPortConflict']): string {
  switch (policy) {
    case 'stop':
      return t('Port: {0}; a process left over from an earlier run that uses it is ended without a question', port);
    case 'adopt':
      return t('Port: {0}; a process that uses it is monitored instead', port);
    case 'ask':
    case 'fail':
      return t('Port: {0}', port);
  }
}

const words = (command: string | readonly string[]): string =>
  typeof command === 'string'
    ? command
    : command.map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');

const commandParts = ({ command, cwd, env }: PlannedCommand): readonly unknown[] => [command, cwd, sorted(env)];

const sorted = (record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
