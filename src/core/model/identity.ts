/** What a service is known by: the folder of its services.json and its key there. Its id is a label, and may change. */
export interface ServiceIdentity {
  /** File-system path of the workspace folder. */
  readonly folder: string;
  readonly key: string;
}

const identities = new WeakMap<ServiceIdentity, string>();

/** Equal strings mean the same service. Kept for each object: a probe asks for that of its service five times. */
export function identityOf(service: ServiceIdentity): string {
  const known = identities.get(service);
  if (known !== undefined) return known;
  const identity = `${service.folder}\0${service.key}`;
  identities.set(service, identity);
  return identity;
}

/** The id of a service. `folderName` is the label of its folder, which is unique in the workspace. */
export const idOf = (
  key: string,
  { folderName, multiRoot }: { readonly folderName: string; readonly multiRoot: boolean },
): string => (multiRoot ? `${folderName}/${key}` : key);
