/** Runs one command of svc. */
import type {
  CheckReply,
  CommandReply,
  DiagnoseReply,
  EventsReply,
  GroupReply,
  ListReply,
  OutcomeReply,
} from '../core/agents/outcome';
import { runTool } from '../core/agents/protocol';
import type { Command, Options } from './commandLine';
import { exitCodeOf, exitCodes } from './exitCodes';
import { showLogs } from './logs';
import { report } from './session';
import type { Session } from './session';
import { printChecks, printCommand, printDiagnosis, printEvents, printGroup, printList, printOutcome } from './print';

type Reply = Readonly<Record<string, unknown>>;

/** Returns the exit code. */
export async function run(options: Options, session: Session): Promise<number> {
  const { command, names, json } = options;
  if (command === 'logs') return showLogs(options, session);
  if (command === 'run') return runCommand(options, session);
  const tool = tools[command as keyof typeof tools];
  const wanted = names.length === 0 ? [undefined] : names;
  const replies = await Promise.all(
    wanted.map(async (name) => {
      const answer = await session.call(tool, argumentsOf(options, name));
      return { name: name ?? '', answer };
    }),
  );
  let code: number = exitCodes.done;
  const shown: Reply[] = [];
  for (const { name, answer } of replies) {
    const problem = report(answer, session.terminal);
    code ||= problem ?? (answer.kind === 'reply' ? exitCodeOf(answer.reply) : exitCodes.failed);
    if (answer.kind !== 'reply') continue;
    if (json) shown.push(answer.reply);
    else session.terminal.out(textOf(command, name, answer.reply));
  }
  if (json && shown.length > 0) session.terminal.out(`${JSON.stringify(shown.length === 1 ? shown[0] : shown, undefined, 2)}\n`);
  return code;
}

/** Ctrl+C ends the command. */
async function runCommand({ names: [service = '', command = ''], json }: Options, session: Session): Promise<number> {
  const { terminal } = session;
  const answer = await session.call(runTool, { service, command });
  const problem = report(answer, terminal);
  if (problem !== undefined || answer.kind !== 'reply') return problem ?? exitCodes.failed;
  const { reply } = answer;
  if (json) terminal.out(`${JSON.stringify(reply, undefined, 2)}\n`);
  else if ('outcome' in reply) terminal.out(printOutcome(service, reply as unknown as OutcomeReply));
  else terminal.out(printCommand(reply as unknown as CommandReply));
  return exitCodeOf(reply);
}

const tools = {
  list: 'services_list',
  start: 'services_start',
  stop: 'services_stop',
  restart: 'services_restart',
  wait: 'services_wait',
  why: 'services_diagnose',
  check: 'services_check',
  events: 'services_events',
} as const;

function argumentsOf({ command, timeoutSeconds, status, since }: Options, service: string | undefined): object {
  const named = service === undefined ? {} : { service };
  const timed = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  if (command === 'start' || command === 'restart') return { ...named, ...timed };
  if (command === 'wait') return { ...named, ...timed, status: status ?? 'healthy' };
  return command === 'events' && since !== undefined ? { ...named, since } : named;
}

function textOf(command: Command, name: string, reply: Reply): string {
  if ('group' in reply) return printGroup(reply as unknown as GroupReply);
  if ('outcome' in reply) return printOutcome(name, reply as unknown as OutcomeReply);
  switch (command) {
    case 'why':
      return printDiagnosis(reply as unknown as DiagnoseReply);
    case 'check':
      return printChecks(reply as unknown as CheckReply);
    case 'events':
      return printEvents(reply as unknown as EventsReply);
    default:
      return printList(reply as unknown as ListReply);
  }
}
