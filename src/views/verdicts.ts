/** The diagnoses for tooltips, kept for a while, so that hovering a row repeatedly does not diagnose it each time. */
import * as vscode from 'vscode';
import type { Clock } from '../app/ports';
import type { Finding } from '../core/diagnosis/finding';
import type { Service } from '../core/lifecycle/state';
import { serviceTooltip } from '../core/views/tooltip';
import { askChat } from '../core/diagnosis/actions';
import { openChatCommandId } from '../core/model/commandIds';
import { hasVerdict, verdictCommands, verdictMarkdown } from '../core/diagnosis/verdict';
import { verdictKey } from '../core/snapshot/verdictKey';

/** What a tooltip shows beside the state. */
export interface TooltipSources {
  /** Settles within the deadline of a diagnosis, 3 s. */
  readonly diagnose: (id: string) => Promise<readonly Finding[]>;
  /** In a remote window: where the browser of the user reaches the service. Settles within 1 s. */
  readonly externalUrl: (service: Service) => Promise<string | undefined>;
}

export class Verdicts {
  readonly #known = new Map<
    string,
    { readonly key: string; readonly at: number; readonly findings: Promise<readonly Finding[]> }
  >();

  constructor(
    private readonly sources: TooltipSources,
    private readonly clock: Clock,
  ) {}

  /** Returns the facts about a service; for one that needs attention, after the verdict of a diagnosis. */
  async tooltip(service: Service): Promise<vscode.MarkdownString> {
    const found = hasVerdict(service) ? this.#findings(service) : undefined;
    const [findings, externalUrl] = await Promise.all([found, this.sources.externalUrl(service)]);
    const now = this.clock.now();
    if (findings === undefined) return new vscode.MarkdownString(serviceTooltip(service, now, { externalUrl }));
    const facts = serviceTooltip(service, now, { place: findings.length > 0 ? 'belowVerdict' : 'alone', externalUrl });
    const chat = (await vscode.commands.getCommands(true)).includes(openChatCommandId) ? [askChat(service.spec.id)] : [];
    const markdown = new vscode.MarkdownString(`${verdictMarkdown(service, findings, chat)}\n\n${facts}`);
    markdown.isTrusted = { enabledCommands: verdictCommands(findings, chat) };
    return markdown;
  }

  /** Forgets services that are no longer listed. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
  }

  /** When the diagnosis itself fails, only the verdict is missing in the tooltip. */
  #findings(service: Service): Promise<readonly Finding[]> {
    const { id } = service.spec;
    const key = verdictKey(service);
    const at = this.clock.now();
    const known = this.#known.get(id);
    if (known?.key === key && at - known.at < maxAgeMs) return known.findings;
    const findings = this.sources.diagnose(id).catch(() => []);
    this.#known.set(id, { key, at, findings });
    return findings;
  }
}

/** The cause may change while the service does not: a database may have been started, for example. */
const maxAgeMs = 10_000;
