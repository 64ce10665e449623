/**
 * What the tools of agents do, behind all three doors: language-model tools, MCP server and the command svc. Every expected failure is
 * an outcome; nothing asks the user; no process that is not ours is ended.
 */
import { checkArguments } from '../../core/agents/arguments';
import type { Arguments } from '../../core/agents/arguments';
import { cleaner } from '../../core/agents/clean';
import { findGroup, findService } from '../../core/agents/names';
import type { CheckReply, DiagnoseReply, ListReply, OutcomeReply, Reply, ServiceRow } from '../../core/agents/outcome';
import { rowOf } from '../../core/agents/row';
import type { Clean } from '../../core/agents/row';
import type { ToolName } from '../../core/agents/toolNames';
import type { Service } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import { t } from '../../core/wording/l10n';
import type { Called, Caller, EngineParts } from './engineParts';
import { readEvents, readLogs } from './reading';
import { commandReply, unknownCommand } from './commandRequests';
import { requestGroup } from './groupRequests';
import type { GroupTool } from './groupRequests';
import { Requests } from './requests';

type Work = (service: Service, given: Arguments, caller: Caller) => Promise<Reply>;

export class Engine {
  readonly #requests: Requests;

  constructor(private readonly parts: EngineParts) {
    this.#requests = new Requests(parts, (service) => this.#cleaner(service));
  }

  async call(name: ToolName, input: unknown, caller: Caller): Promise<Called> {
    const checked = checkArguments(name, input);
    if (!checked.ok) return { kind: 'refused', problem: checked.problem };
    const { given } = checked;
    if (name === 'services_list' && given['service'] === undefined) return { kind: 'reply', reply: await this.#list() };
    if (name === 'services_logs' || name === 'services_events') return this.#read(name, given, caller);
    const wanted = String(given['service']);
    const group = takesGroup(name) ? this.#groupNamed(wanted, caller.folder) : undefined;
    if (group !== undefined && takesGroup(name))
      return { kind: 'reply', reply: await requestGroup({ ...group, tool: name, given, caller }, this.#requests, this.parts) };
    return { kind: 'reply', reply: await this.#on(wanted, this.#work(name), { given, caller }) };
  }

  /** Runs a one-off command of a service, and waits for its end: only what services.json names, and only in a trusted workspace. */
  async runCommand(name: string, command: string, caller: Caller): Promise<Called> {
    const named = findService(name, this.parts.store.services(), caller.folder);
    if (named.kind === 'found' && !Object.hasOwn(named.service.spec.commands, command))
      return { kind: 'refused', problem: unknownCommand(named.service.spec, command) };
    const work: Work = async (service) =>
      commandReply(service, command, caller, { parts: this.parts, clean: await this.#cleaner(service) });
    return { kind: 'reply', reply: await this.#on(name, work, { given: {}, caller }) };
  }

  /** What a start of the service, or of those of a group, would run, for a question to the user. Empty for an unknown name. */
  async describe(name: unknown, folder?: string): Promise<readonly { readonly service: Service; readonly clean: Clean }[]> {
    if (typeof name !== 'string') return [];
    const named = findService(name, this.parts.store.services(), folder);
    const services = named.kind === 'found' ? [named.service] : (this.#groupNamed(name, folder)?.services ?? []);
    return Promise.all(services.map(async (service) => ({ service, clean: await this.#cleaner(service) })));
  }

  /** A service may have such a name itself. */
  #groupNamed(name: string, folder: string | undefined): ReturnType<typeof findGroup> {
    const services = this.parts.store.services();
    return findService(name, services, folder).kind === 'found' ? undefined : findGroup(name, services);
  }

  async #on(name: string, work: Work, { given, caller }: { readonly given: Arguments; readonly caller: Caller }): Promise<Reply> {
    const { store } = this.parts;
    const named = findService(name, store.services(), caller.folder);
    if (named.kind === 'found') return work(named.service, given, caller);
    const broken = store.broken().find(({ id, key }) => id === name || key === name);
    if (broken !== undefined) return brokenReply(broken.message);
    if (store.services().length + store.broken().length === 0) return notConfigured();
    const group = findGroup(name, store.services());
    if (group !== undefined) return groupNotTaken(group.services);
    const { kind: _, ...names } = named;
    return {
      outcome: 'unknownService',
      ...names,
      next: named.nearest === undefined ? 'Use one of knownServices.' : `Did you mean "${named.nearest}"?`,
    };
  }

  #work(name: Exclude<ToolName, 'services_logs' | 'services_events'>): Work {
    switch (name) {
      case 'services_list':
        return async (service) => ({ services: [await this.#row(service)] });
      case 'services_start':
        return (service, given, caller) => this.#requests.start(service, given, caller);
      case 'services_restart':
        return (service, given, caller) => this.#requests.restart(service, given, caller);
      case 'services_stop':
        return (service, _, caller) => this.#requests.stop(service, caller);
      case 'services_wait':
        return (service, given, caller) => this.#requests.wait(service, given, caller);
      case 'services_diagnose':
        return (service) => this.#diagnose(service);
      case 'services_check':
        return (service) => this.#check(service);
    }
  }

  async #row(service: Service): Promise<ServiceRow> {
    const [clean, externalUrl] = await Promise.all([this.#cleaner(service), this.parts.externalUrl(service)]);
    return rowOf(service, clean, externalUrl);
  }

  async #list(): Promise<ListReply> {
    const { store } = this.parts;
    const services = store.services();
    if (services.length + store.broken().length === 0) return { services: [], next: configureFirst };
    const broken = store.broken().map(({ id, message }) => ({ service: id, problem: message }));
    const rows = await Promise.all(services.map((service) => this.#row(service)));
    return { services: rows, ...(broken.length === 0 ? {} : { broken }) };
  }

  async #read(name: 'services_logs' | 'services_events', given: Arguments, caller: Caller): Promise<Called> {
    const { service: wanted } = given;
    let services = this.parts.store.services();
    if (typeof wanted === 'string') {
      const named = findService(wanted, services, caller.folder);
      if (named.kind !== 'found')
        return { kind: 'reply', reply: await this.#on(wanted, () => Promise.resolve(notConfigured()), { given, caller }) };
      services = [named.service];
    }
    if (name === 'services_logs') await Promise.all(services.map((service) => this.parts.refreshLog(service)));
    const sources = await Promise.all(services.map(async (service) => ({ service, clean: await this.#cleaner(service) })));
    return name === 'services_logs'
      ? readLogs(sources, given, this.parts)
      : { kind: 'reply', reply: readEvents(sources, given, this.parts.events) };
  }

  async #diagnose(service: Service): Promise<DiagnoseReply> {
    const [findings, { lines }, clean] = await Promise.all([
      this.parts.diagnose(service.spec.id),
      this.parts.output(service),
      this.#cleaner(service),
    ]);
    return {
      service: service.spec.id,
      findings: findings.map(({ code, severity, title, detail, evidence, actions }) => ({
        ...{ code, severity, title: clean(title), detail: clean(detail), evidence: evidence.map(clean) },
        fixes: actions.map((action) => clean(action.title)),
      })),
      lines: lines.slice(-30).map(clean),
    };
  }

  async #check(service: Service): Promise<CheckReply> {
    const [results, clean] = await Promise.all([this.parts.runChecks(service.spec.id), this.#cleaner(service)]);
    return {
      service: service.spec.id,
      ok: results.every(({ ok }) => ok),
      checks: results.map(({ message, ...rest }) => ({ ...rest, ...defined({ message: message && clean(message) }) })),
    };
  }

  async #cleaner(service: Service): Promise<Clean> {
    return service.spec.envFiles.length === 0 ? cleaner([]) : cleaner(await this.parts.envFileValues(service));
  }
}

const configureFirst =
  'No services are configured in this folder. The user adds them with the command "Services: Add Services…", or in .vscode/services.json.';

const notConfigured = (): OutcomeReply => ({ outcome: 'notConfigured', next: configureFirst });

const brokenReply = (message: string): OutcomeReply => ({
  outcome: 'notConfigured',
  verdict: { code: 'not-launched', sentence: message },
  next: t('Correct .vscode/services.json; Problems shows the line.'),
});

const takesGroup = (name: ToolName): name is GroupTool =>
  name === 'services_start' || name === 'services_stop' || name === 'services_restart';

/** The services are named instead. */
const groupNotTaken = (services: readonly Service[]): OutcomeReply => ({
  outcome: 'unknownService',
  knownServices: services.map(({ spec }) => spec.id),
  next: 'Only services_start, services_stop and services_restart take a group: name one of its services.',
});
