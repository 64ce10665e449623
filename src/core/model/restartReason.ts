/** Why a service was restarted although nobody requested that of this service. */

export type RestartReason =
  /** `file` as seen from the workspace folder, with "/" between names; `others` is how many more changed with it. */
  | { readonly kind: 'changed'; readonly file: string; readonly others: number }
  /** The service with this id was restarted, and `dependsOn` asks to follow. */
  | { readonly kind: 'dependency'; readonly id: string };
