/** Removes the sockets of extension hosts that were killed: nothing listens there any more. Not on Windows, where pipes go with their process. */
import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import * as path from 'node:path';
import { errorCode } from '../system/errorCode';

/** As `mkdtemp` names the folder of a socket. */
const doorFolder = /^service-lifecycle-[A-Za-z0-9]{6}$/;
/** A younger folder may belong to a window that is about to listen. */
const minAgeMs = 60_000;

/** `place` is the folder that holds the folders of sockets. Never rejects. */
export async function removeLeftDoors(place: string): Promise<void> {
  for (const name of namesIn(place).filter((each) => doorFolder.test(each))) {
    const folder = path.join(place, name);
    const socket = path.join(folder, 's');
    if (isOurs(folder) && (await isLeft(socket))) removeQuietly(folder, socket);
  }
}

function namesIn(place: string): readonly string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

function isOurs(folder: string): boolean {
  try {
    const { uid, ctimeMs } = statSync(folder);
    return uid === process.getuid?.() && Date.now() - ctimeMs > minAgeMs;
  } catch {
    return false;
  }
}

/** Only what refuses a connection: a process that is stopped accepts one. */
function isLeft(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(file);
    socket.unref();
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error) => resolve(errorCode(error) === 'ECONNREFUSED'));
  });
}

function removeQuietly(folder: string, socket: string): void {
  try {
    rmSync(socket, { force: true });
    rmdirSync(folder);
  } catch {
    // Another window has removed it, or the user keeps something else in it.
  }
}
