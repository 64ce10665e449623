/** JSON Schema of what the tools reply, for MCP clients, which check a reply against it. A test compares them with real replies. */
import { outcomes } from './outcome';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const yesOrNo: Schema = { type: 'boolean' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const described = (schema: Schema, description: string): Schema => ({ ...schema, description });
const record = (properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: 'object',
  properties,
  required,
});

const time = described(text, 'ISO 8601.');
const actor = record({ kind: { type: 'string', enum: ['user', 'auto', 'agent', 'cli'] }, who: text }, 'kind');
const verdict = record({ code: text, sentence: text }, 'code', 'sentence');
const lines = described(listOf(text), 'The last lines of output, oldest first.');

const row = record(
  {
    ...{ service: text, state: text, lifecycle: text, health: text, url: text, externalUrl: text, port: integer, pid: integer },
    ...{ since: time, startedBy: actor, waitingFor: listOf(text), restarts: integer, verdict, groups: listOf(text) },
  },
  ...['service', 'state', 'lifecycle', 'health', 'restarts'],
);

const owner = record({ pid: integer, command: text, folder: text, service: text }, 'pid', 'command');

const outcomeProperties = {
  outcome: { type: 'string', enum: outcomes },
  service: row,
  verdict,
  next: described(text, 'What to do next.'),
  owners: described(listOf(owner), 'The processes that hold the port.'),
  lines,
  ended: record({ pid: integer, forced: listOf(integer) }),
  dependents: listOf(text),
  knownServices: listOf(text),
  nearest: text,
};

/** Of what waits. */
export const outcomeSchema = record(outcomeProperties, 'outcome');

/** Of what starts and stops: of a service, or of all services of a group. */
export const actionSchema = record(
  {
    ...outcomeProperties,
    group: text,
    services: described(listOf(outcomeSchema), 'Of a group: the outcome of each of its services.'),
    alsoStarted: described(listOf(text), 'Services outside of the group that were started, because it depends on them.'),
  },
  'outcome',
);

/** Any tool that names a service may reply with an outcome instead, such as unknownService; that is why nothing else is required. */
const orOutcome = (properties: Readonly<Record<string, Schema>>): Schema => {
  const { outcome, knownServices, nearest, next, verdict: cause } = outcomeProperties;
  return record({ outcome, knownServices, nearest, next, verdict: cause, ...properties });
};

export const listSchema = orOutcome({
  services: listOf(row),
  broken: described(listOf(record({ service: text, problem: text }, 'service', 'problem')), 'Mistakes in services.json.'),
});

const line = record({ at: time, service: text, run: text, text }, 'at', 'service', 'run', 'text');
const cursor = described(text, 'For the argument since.');

export const logsSchema = orOutcome({ lines: listOf(line), cursor, dropped: integer, cut: text });

const finding = record(
  { code: text, severity: text, title: text, detail: text, evidence: listOf(text), fixes: listOf(text) },
  ...['code', 'severity', 'title', 'detail', 'evidence', 'fixes'],
);

export const diagnoseSchema = orOutcome({ service: text, findings: listOf(finding), lines });

const check = record({ name: text, ok: yesOrNo, status: integer, latencyMs: { type: 'number' }, message: text }, 'name', 'ok');

export const checkSchema = orOutcome({ service: text, ok: yesOrNo, checks: listOf(check) });

const event = record(
  { at: time, service: text, what: text, by: actor, reason: text, verdict: text, cursor },
  ...['at', 'service', 'what', 'cursor'],
);

export const eventsSchema = orOutcome({ events: listOf(event), cursor, dropped: integer });
