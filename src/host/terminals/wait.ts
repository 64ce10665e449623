/** Settles after `ms` milliseconds; the timer does not keep the process alive. */
export const wait = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
