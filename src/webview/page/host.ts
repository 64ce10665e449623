/** The way from a page to the extension and back, and what the page keeps while it is not loaded. */

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface PageHost<ToHost, ToPage> {
  post(message: ToHost): void;
  /** Calls with each message; returns what ends that. */
  onMessage(listener: (message: ToPage) => void): () => void;
  /** What was kept last, of any shape. */
  readonly kept: unknown;
  keep(state: object): void;
}

/** To be called once. `ready` has to be called when the listeners are there. */
export function connectHost<ToHost, ToPage>(): PageHost<ToHost, ToPage> & { ready(): void } {
  const api = acquireVsCodeApi();
  const kept = api.getState();
  return {
    kept,
    post: (message) => api.postMessage(message),
    onMessage(listener) {
      // Only VS Code posts to a page: no other page can be the source, because nothing is framed in it or frames it.
      const take = (event: MessageEvent<unknown>): void => listener(event.data as ToPage);
      window.addEventListener('message', take);
      return () => window.removeEventListener('message', take);
    },
    keep: (state) => api.setState(state),
    ready: () => api.postMessage({ kind: 'ready', kept: api.getState() }),
  };
}
