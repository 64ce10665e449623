/** What menus pass to commands. A row keeps its object, because VS Code finds rows by identity. */
export interface TreeElement {
  readonly key: string;
  /** Id of the service; undefined for a folder or a group. */
  readonly id: string | undefined;
}

/** A row below that of a service. */
export interface DetailElement extends TreeElement {
  /** The row of the service. */
  readonly above: TreeElement;
  /** Its key among the details of the service. */
  readonly detail: string;
  /** Name of the one-off command that it stands for. */
  readonly command?: string;
}

export const isDetail = (element: TreeElement): element is DetailElement => 'detail' in element;
