/** All rules. `codes` has the order of the findings. */
import type { Rule } from '../rule';
import { addressInUse } from './addressInUse';
import { airplay } from './airplay';
import { alreadyRunning } from './alreadyRunning';
import { boundToLoopback } from './boundToLoopback';
import { lineEndings, movedEnvironment, notExecutable } from './brokenScripts';
import { cannotStop } from './cannotStop';
import { closeWait } from './closeWait';
import { composePort } from './composePort';
import { composeInvalid, containerOom, imageMissing, portAllocated } from './containers';
import { corsOrigin } from './corsOrigin';
import { crashLoop, crashed } from './crash';
import { databaseLogin, databaseMissing, migrationsPending } from './databases';
import { dependencyDown } from './dependencyDown';
import { dockerNotRunning } from './dockerNotRunning';
import { editorEnvironment } from './editorEnvironment';
import { editorForwarding } from './editorForwarding';
import { forcedShutdown } from './forcedShutdown';
import { foreignModules } from './foreignModules';
import { foreignOwner } from './foreignOwner';
import { killedByCommand } from './killed';
import { killedFromOutside } from './killedFromOutside';
import { healthPath } from './healthPath';
import { hostNotAllowed } from './hostNotAllowed';
import { hung } from './hung';
import { envMismatch, proxyMismatch } from './mismatch';
import { inBackground } from './inBackground';
import { missingCommand } from './missingCommand';
import { missingDependency } from './missingDependency';
import { missingEnv, unsetExample } from './missingEnv';
import { missingPreload } from './missingPreload';
import { nativeModule } from './nativeModule';
import { notLaunched } from './notLaunched';
import { notListening } from './notListening';
import { notRunning } from './notRunning';
import { outOfMemory, watcherLimit } from './plainCauses';
import { oldAddress } from './oldAddress';
import { partEnded } from './partEnded';
import { portClosing } from './portClosing';
import { portForbidden } from './portForbidden';
import { badBody, badStatus, containerUnhealthy, httpExpected, httpsExpected, notHttp, probeFailed } from './probeVerdicts';
import { reloaderAlone } from './reloaderAlone';
import { scriptPolicy } from './scriptPolicy';
import { secondCopy } from './secondCopy';
import { runtimeVersion } from './runtimeVersion';
import { setupFailed } from './setupFailed';
import { severalListeners } from './severalListeners';
import { slow } from './slow';
import { stalePidFile } from './stalePidFile';
import { staleWorktreeApi } from './staleWorktreeApi';
import { stoppedProcess } from './stoppedProcess';
import { syntaxError } from './syntaxError';
import { terminalBlocked } from './terminalBlocked';
import { terminalLost } from './terminalLost';
import { waitsForADebugger } from './waitsForDebugger';
import { waitingForInput } from './waitingForInput';
import { wrongCheckout } from './wrongCheckout';
import { wrongFolder } from './wrongFolder';
import { wrongFamily } from './wrongFamily';
import { wrongPort } from './wrongPort';

export const rules: readonly Rule[] = [
  notLaunched,
  setupFailed,
  cannotStop,
  portForbidden,
  portClosing,
  airplay,
  editorForwarding,
  wrongCheckout,
  composeInvalid,
  imageMissing,
  portAllocated,
  addressInUse,
  containerOom,
  killedByCommand,
  killedFromOutside,
  dockerNotRunning,
  lineEndings,
  notExecutable,
  scriptPolicy,
  movedEnvironment,
  editorEnvironment,
  missingPreload,
  runtimeVersion,
  foreignModules,
  nativeModule,
  alreadyRunning,
  stalePidFile,
  inBackground,
  wrongFolder,
  missingCommand,
  missingDependency,
  syntaxError,
  missingEnv,
  unsetExample,
  watcherLimit,
  outOfMemory,
  databaseMissing,
  databaseLogin,
  migrationsPending,
  oldAddress,
  dependencyDown,
  partEnded,
  waitingForInput,
  foreignOwner,
  severalListeners,
  stoppedProcess,
  terminalBlocked,
  waitsForADebugger,
  wrongPort,
  reloaderAlone,
  wrongFamily,
  boundToLoopback,
  composePort,
  hung,
  closeWait,
  httpsExpected,
  httpExpected,
  notHttp,
  hostNotAllowed,
  badStatus,
  badBody,
  containerUnhealthy,
  probeFailed,
  secondCopy,
  forcedShutdown,
  crashLoop,
  crashed,
  notListening,
  notRunning,
  staleWorktreeApi,
  proxyMismatch,
  envMismatch,
  corsOrigin,
  healthPath,
  slow,
  terminalLost,
];
