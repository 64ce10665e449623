/** The diagnoses behind tooltips: a row that is looked at again and again is not examined each time. */
import * as vscode from 'vscode';
import type { Clock } from '../app/ports';
import type { Finding } from '../core/diagnosis/finding';
import type { Service } from '../core/lifecycle/state';
import { serviceTooltip } from '../core/views/tooltip';
import { hasVerdict, verdictCommands, verdictKey, verdictMarkdown } from '../core/diagnosis/verdict';

/** Settles within its own deadline of 3 s. */
export type Diagnose = (id: string) => Promise<readonly Finding[]>;

export class Verdicts {
  readonly #known = new Map<
    string,
    { readonly key: string; readonly at: number; readonly findings: Promise<readonly Finding[]> }
  >();

  constructor(
    private readonly diagnose: Diagnose,
    private readonly clock: Clock,
  ) {}

  /** What is known of a service; of one that is not well, also why, which takes a look. */
  async tooltip(service: Service): Promise<vscode.MarkdownString> {
    const findings = hasVerdict(service) ? await this.#findings(service) : undefined;
    const facts = serviceTooltip(service, this.clock.now());
    if (findings === undefined) return new vscode.MarkdownString(facts);
    const markdown = new vscode.MarkdownString(`${verdictMarkdown(service, findings)}\n\n${facts}`);
    markdown.isTrusted = { enabledCommands: verdictCommands(findings) };
    return markdown;
  }

  /** Forgets services that are not in the list any more. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
  }

  /** A diagnosis that fails itself takes nothing from the tooltip but the verdict. */
  #findings(service: Service): Promise<readonly Finding[]> {
    const { id } = service.spec;
    const key = verdictKey(service);
    const at = this.clock.now();
    const known = this.#known.get(id);
    if (known?.key === key && at - known.at < age) return known.findings;
    const findings = this.diagnose(id).catch(() => []);
    this.#known.set(id, { key, at, findings });
    return findings;
  }
}

/** In ms. What a verdict speaks of may change while the service does not: a database that was started since, for example. */
const age = 10_000;
