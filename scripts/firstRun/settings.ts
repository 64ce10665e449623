/** User settings of the scratch profile: nothing but the product is to be seen in the window. */
export const settings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'security.workspace.trust.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  // The scratch folder is no repository, and a machine without Git would be shown a warning.
  'git.enabled': false,
  // The view shows the addresses; VS Code would add a notification for each port.
  'remote.otherPortsAttributes': { onAutoForward: 'silent' },
  // Experiments type into the terminal: its shell must not be closed with a question.
  'terminal.integrated.confirmOnKill': 'never',
};
