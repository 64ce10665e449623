/** Runs a one-off command of a service for the command svc. */
import type { Reply } from '../../core/agents/outcome';
import type { Clean } from '../../core/agents/row';
import { suggest } from '../../core/config/suggest';
import type { Service } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import type { ServiceSpec } from '../../core/model/service';
import { commandEndWords } from '../../core/wording/commandResult';
import type { Caller, EngineParts } from './engineParts';

/** `name` is a key of its `commands`. */
export async function commandReply(
  service: Service,
  name: string,
  { by, signal }: Caller,
  { parts, clean }: { readonly parts: Pick<EngineParts, 'isTrusted' | 'runCommand'>; readonly clean: Clean },
): Promise<Reply> {
  if (!parts.isTrusted()) return { outcome: 'notTrusted', next: 'The user has to trust this workspace in VS Code first.' };
  const { end, lines, findings } = await parts.runCommand({ service, name, by, signal });
  const [finding] = findings;
  return {
    service: service.spec.id,
    command: name,
    ok: end.kind === 'succeeded',
    result: clean(commandEndWords(end)),
    ...defined({
      exitCode: end.kind === 'succeeded' ? 0 : end.kind === 'failed' ? end.exitCode : undefined,
      verdict: finding === undefined ? undefined : { code: finding.code, sentence: clean(finding.title) },
      next: finding === undefined ? undefined : clean(finding.detail),
    }),
    lines: lines.map(clean),
  };
}

/** Says how to call. */
export function unknownCommand({ key, commands }: ServiceSpec, name: string): string {
  const names = Object.keys(commands);
  if (names.length === 0) return `${key} has no commands: "commands" in services.json names them.`;
  const near = suggest(name, names);
  return near === undefined
    ? `${key} has no command "${name}". It has: ${names.map((each) => `"${each}"`).join(', ')}.`
    : `${key} has no command "${name}". Did you mean "${near}"?`;
}
