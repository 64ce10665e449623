/** Which services a log shows. What the user chose holds at once, and until the extension has responded to it. */

export interface ServiceChoice {
  /** Ids; none means all. */
  readonly ids: readonly string[];
  /** How often the user has chosen on this page. */
  readonly count: number;
}

export const chosenByUser = ({ count }: ServiceChoice, ids: readonly string[]): ServiceChoice => ({ ids, count: count + 1 });

/** What responds to an earlier choice than the latest changes nothing. */
export const chosenInSnapshot = (
  present: ServiceChoice,
  { chosen, answers }: { readonly chosen: readonly string[]; readonly answers: number },
): ServiceChoice => (answers < present.count ? present : { ids: chosen, count: present.count });
