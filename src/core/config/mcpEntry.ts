/** The entry of our MCP server in the configuration files of MCP clients; everything else in them stays as it is. */
import { applyEdits, getNodeValue, modify } from 'jsonc-parser';
import { readSyntax } from './syntax';
import { propertiesOf } from './tree';

export interface McpServer {
  readonly command: string;
  readonly args: readonly string[];
}

/** Our name in the list of servers. */
const name = 'services';

/** `section`: the key that holds the servers. An undefined server removes ours. Undefined for text that is no JSON object. */
export function withMcpServer(
  text: string | undefined,
  section: 'mcpServers' | 'servers',
  server: McpServer | undefined,
): string | undefined {
  if (text === undefined || text.trim() === '')
    return server === undefined ? text : `${JSON.stringify({ [section]: { [name]: server } }, undefined, 2)}\n`;
  const { root, errors } = readSyntax(text);
  if (root?.type !== 'object' || errors.length > 0) return undefined;
  const servers = propertiesOf(root).find(({ key }) => key === section)?.value;
  if (servers !== undefined && servers.type !== 'object') return undefined;
  const present = propertiesOf(servers).find(({ key }) => key === name)?.value;
  const isAsWanted =
    server === undefined ? present === undefined : present !== undefined && isSame(getNodeValue(present), server);
  // Without formatting: that would change what stands beside it as well.
  return isAsWanted ? text : applyEdits(text, modify(text, [section, name], server, {}));
}

function isSame(value: unknown, { command, args }: McpServer): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const present = value as Partial<McpServer>;
  return present.command === command && JSON.stringify(present.args) === JSON.stringify(args);
}
