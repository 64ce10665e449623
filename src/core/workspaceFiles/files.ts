/** Names of the files that connect the parts of an application. */

/** Configurations of development servers that may contain proxies. */
export const isProxyFile = (name: string): boolean =>
  /^(?:vite|webpack|vue|next|angular|craco)\.config\.[cm]?[jt]s$|^setupProxy\.[cm]?[jt]s$|^proxy\.conf\.(?:json|[cm]?js)$/.test(
    name,
  );

/** Files in which servers usually list their allowed origins. */
export const isServerFile = (name: string): boolean =>
  /^(?:main|app|server|index|settings|asgi|wsgi|application|cors|config)\.(?:py|[cm]?[jt]s)$|^__init__\.py$/.test(name);
