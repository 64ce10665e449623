/** Names of the files in which the parts of an application are wired to one another. */

/** They tell a development server where it sends requests on. */
export const isProxyFile = (name: string): boolean =>
  /^(?:vite|webpack|vue|next|angular|craco)\.config\.[cm]?[jt]s$|^setupProxy\.[cm]?[jt]s$|^proxy\.conf\.(?:json|[cm]?js)$/.test(
    name,
  );

/** Where servers commonly say which origins they admit. */
export const isServerFile = (name: string): boolean =>
  /^(?:main|app|server|index|settings|asgi|wsgi|application|cors|config)\.(?:py|[cm]?[jt]s)$|^__init__\.py$/.test(name);
