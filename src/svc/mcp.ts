/** svc mcp: the tools as an MCP server on standard input and output. A bundle of its own. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { isToolName, toolNames } from '../core/agents/toolNames';
import type { ToolName } from '../core/agents/toolNames';
import { inputSchema, tools } from '../core/agents/tools';
import { programName } from '../core/model/actor';
import type { Delegate } from '../core/model/actor';
import { defined } from '../core/model/defined';
import { exitCodes } from './exitCodes';
import { Session } from './session';
import type { Place } from './windowClient';

const instructions =
  'Servers of the folder that is open in VS Code. List them before you start, stop or curl one. Start and restart them here, never in a terminal, and never end them with kill, pkill, killall, taskkill or Stop-Process.';

/** Settles with the exit code when the client has closed standard input. */
export async function serveMcp(place: Place, caller: Delegate, version: string): Promise<number> {
  // What follows the protocol knows the whole interface of a server, and the low-level one takes schemas as they are.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const server = new Server({ name: 'service-lifecycle', version }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolNames.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) => {
    const who = programName(server.getClientVersion()?.name) ?? caller.who;
    return call(params.name, params.arguments ?? {}, { place, by: { kind: 'agent', ...defined({ who }) }, signal });
  });
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(new StdioServerTransport());
  await closed;
  return exitCodes.done;
}

function described(name: ToolName): Tool {
  const { title, description, hints, output } = tools[name];
  const annotations = {
    title,
    readOnlyHint: hints.readOnly,
    destructiveHint: hints.destructive,
    idempotentHint: hints.idempotent,
    openWorldHint: false,
  };
  const schemas = { inputSchema: inputSchema(tools[name]), outputSchema: output } as Pick<Tool, 'inputSchema' | 'outputSchema'>;
  return { name, title, description, annotations, ...schemas };
}

interface Call {
  readonly place: Place;
  readonly by: Delegate;
  readonly signal: AbortSignal;
}

/** Each call finds the window again: it may have been reloaded, or opened after the server. */
async function call(name: string, input: object, { place, by, signal }: Call): Promise<CallToolResult> {
  if (!isToolName(name)) return problem(`Unknown tool "${name.slice(0, 60)}". Known are: ${toolNames.join(', ')}.`);
  const errors: string[] = [];
  const session = new Session(place, by, { out: () => undefined, err: (text) => void errors.push(text), signal });
  try {
    if (!(await session.open())) return problem(errors.join(' ').trim());
    const answer = await session.call(name, input);
    if (answer.kind === 'lost') return problem('The VS Code window was closed or reloaded during the call. Call again.');
    if (answer.kind === 'problem') return problem(answer.problem);
    return { content: [{ type: 'text', text: JSON.stringify(answer.reply) }], structuredContent: { ...answer.reply } };
  } finally {
    session.dispose();
  }
}

const problem = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true });
