/** The nine tools as agents see them: names, arguments and what their descriptions say. package.json contributes the same; a test compares. */
import { actionSchema, checkSchema, diagnoseSchema, eventsSchema, listSchema, logsSchema, outcomeSchema } from './replySchemas';
import type { ToolName } from './toolNames';

/** JSON Schema, as far as the tools need it. */
export interface ArgumentSchema {
  readonly type: 'string' | 'integer';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

export interface Tool {
  readonly title: string;
  /** For the model: what it does, when to use it, when not, and what comes back. */
  readonly description: string;
  readonly arguments: Readonly<Record<string, ArgumentSchema>>;
  readonly required: readonly string[];
  /** As MCP annotates tools. */
  readonly hints: { readonly readOnly: boolean; readonly destructive: boolean; readonly idempotent: boolean };
  readonly output: Readonly<Record<string, unknown>>;
}

const service: ArgumentSchema = {
  type: 'string',
  description: 'Name of the service as services_list returns it.',
  maxLength: 200,
};
const serviceOrGroup: ArgumentSchema = {
  ...service,
  description:
    'Name of the service as services_list returns it, or @ with a group of it, such as @core: all services of the group.',
};
const timeoutSeconds: ArgumentSchema = {
  type: 'integer',
  description: 'How long to wait, in seconds. Default 60.',
  minimum: 1,
  maximum: 300,
};
const wait: ArgumentSchema = {
  type: 'string',
  description:
    'What to wait for: healthy (default) until its health check succeeds, running until its process runs, none to return at once.',
  enum: ['healthy', 'running', 'none'],
};
const since: ArgumentSchema = {
  type: 'string',
  description: 'A cursor of an earlier reply: only what came after it. An empty string means from now on.',
  maxLength: 40,
};

const never =
  'Never start such a server in a terminal, and never end it with kill, pkill, killall, taskkill or Stop-Process: other programs use it.';

export const tools: Readonly<Record<ToolName, Tool>> = {
  services_list: {
    title: 'List Services',
    description:
      'Lists the servers of the open folder (backends, frontends, databases) that this editor keeps running, with state, health, url, port, pid, who started each, and why one is not well. Call it before you start, stop, curl or debug a server; prefer it to ps, lsof or netstat. Not for other processes. Returns one row a service.',
    arguments: { service: { ...service, description: 'Only this service.' } },
    required: [],
    hints: { readOnly: true, destructive: false, idempotent: true },
    output: listSchema,
  },
  services_start: {
    title: 'Start Service',
    description: `Starts a server of the open folder with what it depends on, and waits until it is healthy, has failed or the time is over. Use it instead of a terminal command such as npm run dev or uvicorn: it survives your next command. One that runs is alreadyRunning, never a second copy. Not for one-off commands such as tests and builds. ${never} Returns an outcome; anything but success comes with a verdict, the next step, the owner of a taken port and the last 30 lines.`,
    arguments: { service: serviceOrGroup, wait, timeoutSeconds },
    required: ['service'],
    hints: { readOnly: false, destructive: false, idempotent: true },
    output: actionSchema,
  },
  services_stop: {
    title: 'Stop Service',
    description:
      'Stops a server of the open folder with all of its processes, and waits until its port is free. Only when it should be down: to apply a change use services_restart, and most servers reload changed files on their own. It ends no process that is not of the service. Returns an outcome, what was ended, and which services depend on it.',
    arguments: { service: serviceOrGroup },
    required: ['service'],
    hints: { readOnly: false, destructive: true, idempotent: true },
    output: actionSchema,
  },
  services_restart: {
    title: 'Restart Service',
    description: `Stops and starts a server of the open folder, and waits until it is healthy, has failed or the time is over. Use it after a change that the server does not reload, such as dependencies or environment. ${never} Returns an outcome as services_start does.`,
    arguments: { service: serviceOrGroup, wait, timeoutSeconds },
    required: ['service'],
    hints: { readOnly: false, destructive: true, idempotent: false },
    output: actionSchema,
  },
  services_wait: {
    title: 'Wait for Service',
    description:
      'Waits until a server of the open folder is healthy, running or stopped, without starting or stopping it. Use it after a change of files instead of sleep or a loop of curl. Returns the outcome reached, failed or timeout; what is not reached comes with a verdict and the last 30 lines.',
    arguments: {
      service,
      status: { type: 'string', description: 'What to wait for.', enum: ['healthy', 'running', 'stopped'] },
      timeoutSeconds,
    },
    required: ['service', 'status'],
    hints: { readOnly: true, destructive: false, idempotent: true },
    output: outcomeSchema,
  },
  services_logs: {
    title: 'Read Service Logs',
    description:
      'Reads what the servers of the open folder print, without color codes, with time and run. Use it to see errors and requests; pass the cursor of the last reply as since to get only new lines. Not for files of logs. Returns lines (oldest first), cursor and dropped; at most about 8,000 tokens, cut at the oldest end.',
    arguments: {
      service: { ...service, description: 'Only this service; without it the lines of all services in order of time.' },
      tail: { type: 'integer', description: 'Return the last lines only. Default 100.', minimum: 1, maximum: 5000 },
      search: {
        type: 'string',
        description: 'Only lines with this text, or that match a /regular expression/i.',
        maxLength: 500,
      },
      since,
    },
    required: [],
    hints: { readOnly: true, destructive: false, idempotent: true },
    output: logsSchema,
  },
  services_diagnose: {
    title: 'Diagnose Service',
    description:
      'Explains why a server of the open folder is down, unhealthy or slow: port conflicts, crashes, missing modules and variables, hung processes, proxies that point to a wrong port, and more. Use it before you guess, read logs or change code. It changes nothing. Returns findings, the cause first, with evidence and fixes.',
    arguments: { service },
    required: ['service'],
    hints: { readOnly: true, destructive: false, idempotent: true },
    output: diagnoseSchema,
  },
  services_check: {
    title: 'Check Service',
    description:
      'Sends the health check and the checks of a server of the open folder once, and compares the responses with what services.json expects. Use it to verify your change instead of curl where checks are configured. It starts nothing. Returns one result a check.',
    arguments: { service },
    required: ['service'],
    hints: { readOnly: true, destructive: false, idempotent: true },
    output: checkSchema,
  },
  services_events: {
    title: 'List Service Events',
    description:
      'Lists what happened to the servers of the open folder, in order: starts, stops, failures, restarts and reloads, with who requested them. Use it to find out why a server is not as you left it. Returns events and a cursor for the next call.',
    arguments: { service: { ...service, description: 'Only this service.' }, since },
    required: [],
    hints: { readOnly: true, destructive: false, idempotent: true },
    output: eventsSchema,
  },
};

/** The arguments of a tool as JSON Schema. */
export const inputSchema = ({ arguments: properties, required }: Tool): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  additionalProperties: false,
});
