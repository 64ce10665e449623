/** The ids of all commands: contributed ones are those of package.json, the others run from links, buttons and rows only. */

const prefix = 'serviceLifecycle';

/** Contributed in package.json, where a test compares them. */
export const contributedCommandIds = {
  start: `${prefix}.start`,
  stop: `${prefix}.stop`,
  restart: `${prefix}.restart`,
  startAll: `${prefix}.startAll`,
  stopAll: `${prefix}.stopAll`,
  restartAll: `${prefix}.restartAll`,
  startGroup: `${prefix}.startGroup`,
  stopGroup: `${prefix}.stopGroup`,
  restartGroup: `${prefix}.restartGroup`,
  restartBackend: `${prefix}.restartBackend`,
  restartFrontend: `${prefix}.restartFrontend`,
  showTerminal: `${prefix}.showTerminal`,
  open: `${prefix}.open`,
  diagnose: `${prefix}.diagnose`,
  runCommand: `${prefix}.runCommand`,
  debug: `${prefix}.debug`,
  runChecks: `${prefix}.runChecks`,
  freePort: `${prefix}.freePort`,
  addServices: `${prefix}.addServices`,
  openConfig: `${prefix}.openConfig`,
  answer: `${prefix}.answer`,
  dismiss: `${prefix}.dismiss`,
  showLog: `${prefix}.showLog`,
  filter: `${prefix}.filter`,
  clearFilter: `${prefix}.clearFilter`,
  groupBy: `${prefix}.groupBy`,
  openDashboard: `${prefix}.openDashboard`,
  showLogs: `${prefix}.showLogs`,
  setUpAgents: `${prefix}.setUpAgents`,
} as const;

/** Not contributed, so no list of VS Code shows them. */
export const internalCommandIds = {
  /** A click on the status bar, with the id of a service or nothing. */
  pick: `${prefix}.pick`,
  /** A click on a row, or Enter, with the id of the service: the focus stays in the view. */
  revealTerminal: `${prefix}.revealTerminal`,
  /** Selects the row of a service, by its id. */
  revealService: `${prefix}.revealService`,
  /** Shows the terminal of a one-off command, by the id of its service and its name; before its first run, its line in services.json. */
  showCommand: `${prefix}.showCommand`,
  /** Opens a services.json at its first error, by its folder. */
  openBrokenFile: `${prefix}.openBrokenFile`,
  stopProcess: `${prefix}.stopProcess`,
  resumeProcess: `${prefix}.resumeProcess`,
  continueOutput: `${prefix}.continueOutput`,
  runInTerminal: `${prefix}.runInTerminal`,
  openFile: `${prefix}.openFile`,
  setPort: `${prefix}.setPort`,
  /** Gives a service a free port instead of its fixed one, and starts it. */
  useFreePort: `${prefix}.useFreePort`,
  changeConfig: `${prefix}.changeConfig`,
  attachDebugger: `${prefix}.attachDebugger`,
  convertLineEndings: `${prefix}.convertLineEndings`,
  removePidFile: `${prefix}.removePidFile`,
  copyEnvFile: `${prefix}.copyEnvFile`,
  copyReport: `${prefix}.copyReport`,
  askChat: `${prefix}.askChat`,
  createMissing: `${prefix}.createMissing`,
} as const;

export const commandIds = { ...contributedCommandIds, ...internalCommandIds } as const;

/** A command of VS Code's own, which shows whether the workspace is trusted and changes it. */
export const manageTrustCommandId = 'workbench.trust.manage';

/** A command of VS Code's own that opens its chat. */
export const openChatCommandId = 'workbench.action.chat.open';

/** A command of VS Code's own that a finding offers. */
export const reloadWindowCommandId = 'workbench.action.reloadWindow';
