/** Names of the tools, without their descriptions: registering them needs no more. */
export const toolNames = [
  'services_list',
  'services_start',
  'services_stop',
  'services_restart',
  'services_wait',
  'services_logs',
  'services_diagnose',
  'services_check',
  'services_events',
] as const;

export type ToolName = (typeof toolNames)[number];

export const isToolName = (value: unknown): value is ToolName => toolNames.some((name) => name === value);
