/** What a service is known by: the folder of its services.json and its key there. Its id is a label, and may change. */
export interface ServiceIdentity {
  /** File-system path of the workspace folder. */
  readonly folder: string;
  readonly key: string;
}

/** Equal strings mean the same service. */
export const identityOf = ({ folder, key }: ServiceIdentity): string => `${folder}\0${key}`;

/** The id of a service. `folderName` is the label of its folder, which is unique in the workspace. */
export const idOf = (
  key: string,
  { folderName, multiRoot }: { readonly folderName: string; readonly multiRoot: boolean },
): string => (multiRoot ? `${folderName}/${key}` : key);
