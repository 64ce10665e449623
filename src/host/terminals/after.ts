/** Settles after `ms`; what it waits for does not keep the process alive. */
export const after = (ms: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
