/** What the wiring of a workspace is told with, in a diagnosis and in Problems alike. */

/** `meant` tells where the services are that may be meant; empty when nobody knows. */
export const leadsNowhere = (what: string, port: number, meant: string): string =>
  `${what} leads to port ${port}, where nobody listens${meant === '' ? '' : `; ${meant}`}.`;

export const proxyOf = (path: string): string => `The proxy of ${path}`;

export const isOnPort = (service: string, port: number | undefined): string => `${service} is on port ${port ?? ''}`;

export const notAdmitted = (backend: string, origin: string, frontend: string): string =>
  `${backend} does not admit ${origin}, where ${frontend} is.`;

/** `published` names each container with its port. */
export const notPublished = (service: string, port: number, published: string): string =>
  `${service} is expected on port ${port}, but Compose publishes ${published}.`;

export const asksInside = (variable: string, port: number, container: string, published: number): string =>
  `${variable} asks port ${port}, but Compose publishes ${container} on port ${published}.`;
