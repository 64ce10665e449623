/** The tabs beside the list; arrow keys move between them, as in every tab list. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { tabs } from '../../core/dashboard/messages';
import type { Tab } from '../../core/dashboard/messages';
import { t } from '../../core/wording/l10n';

interface Props {
  readonly tab: Tab;
  readonly choose: (tab: Tab) => void;
  readonly children: ComponentChildren;
}

const titles: Readonly<Record<Tab, string>> = {
  timeline: t('Timeline'),
  charts: t('Charts'),
  log: t('Log'),
  details: t('Details'),
  checks: t('Checks'),
};

export function TabList({ tab, choose, children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent): void => {
    const index = tabs.indexOf(tab);
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={t('Views')} class="dash-tabs" ref={list} onKeyDown={go}>
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={each === tab}
            aria-controls="dash-panel"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => choose(each)}
          >
            {titles[each]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="dash-panel" aria-labelledby={`tab-${tab}`} class={`dash-panel dash-panel-${tab}`} tabIndex={0}>
        {children}
      </div>
    </>
  );
}
