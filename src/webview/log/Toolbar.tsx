/** Search, filters and actions of the log. */
import type { RefObject } from 'preact';
import { levels } from '../../core/logs/level';
import type { Level } from '../../core/logs/level';
import type { LogScreen } from '../../core/logs/logScreen';
import { t } from '../../core/wording/l10n';
import { Icon } from '../page/Icon';

/** How the lines are drawn. */
export interface LogLayout {
  readonly follow: boolean;
  readonly wrap: boolean;
  readonly times: boolean;
}

interface Props {
  readonly screen: LogScreen;
  readonly layout: LogLayout;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly lay: (change: Partial<LogLayout>) => void;
  readonly step: (by: 1 | -1) => void;
  readonly copy: () => void;
  readonly openText: () => void;
}

export function Toolbar(props: Props) {
  const { screen, layout, lay } = props;
  const box = (key: keyof LogLayout, title: string) => (
    <Checkbox title={title} checked={layout[key]} change={(checked) => lay({ [key]: checked })} />
  );
  return (
    <div class="toolbar">
      <Search {...props} />
      <LevelChoice screen={screen} />
      <RunChoice screen={screen} />
      {box('follow', t('Follow'))}
      {box('wrap', t('Wrap'))}
      {box('times', t('Timestamps'))}
      <span class="buttons">
        <button type="button" onClick={() => screen.foldAll(true)}>
          {t('Fold All')}
        </button>
        <button type="button" onClick={() => screen.foldAll(false)}>
          {t('Unfold All')}
        </button>
        <button type="button" onClick={props.copy}>
          {t('Copy')}
        </button>
        <button type="button" onClick={() => screen.clear()}>
          {t('Clear')}
        </button>
        <button type="button" onClick={props.openText}>
          {t('Open as Text')}
        </button>
      </span>
    </div>
  );
}

function Search({ screen, searchBox, step }: Props) {
  const { search, onlyMatches } = screen.options;
  return (
    <span class="search" role="search">
      <input
        ref={searchBox}
        type="search"
        aria-label={t('Search log')}
        placeholder={t('Search (text or /regex/)')}
        spellcheck={false}
        value={search}
        aria-invalid={screen.query.kind === 'invalid' || screen.searchState === 'tooSlow'}
        onInput={({ currentTarget }) => screen.choose({ search: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape' && search !== '') screen.choose({ search: '' });
          else return;
          event.preventDefault();
        }}
      />
      <output class="count" role="status" aria-live="polite">
        {countText(screen)}
      </output>
      <button type="button" class="icon" title={t('Previous match')} aria-label={t('Previous match')} onClick={() => step(-1)}>
        <Icon name="previous" />
      </button>
      <button type="button" class="icon" title={t('Next match')} aria-label={t('Next match')} onClick={() => step(1)}>
        <Icon name="next" />
      </button>
      <Checkbox title={t('Only matches')} checked={onlyMatches} change={(checked) => screen.choose({ onlyMatches: checked })} />
    </span>
  );
}

function countText(screen: LogScreen): string {
  const { query, searchState, matches, current } = screen;
  if (query.kind === 'none') return '';
  if (query.kind === 'invalid') return t('Invalid expression');
  if (searchState === 'tooSlow') return t('This expression takes too long');
  const count = matches.length;
  if (current !== undefined) {
    const at = matches.indexOf(current);
    if (at >= 0) return t('{0} of {1}', at + 1, count);
  }
  if (count === 0) return searchState === 'searching' ? t('Searching…') : t('No matches');
  return count === 1 ? t('1 match') : t('{0} matches', count);
}

interface CheckboxProps {
  readonly title: string;
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
}

const Checkbox = ({ title, checked, change }: CheckboxProps) => (
  <label class="checkbox">
    <input type="checkbox" checked={checked} onChange={({ currentTarget }) => change(currentTarget.checked)} />
    {title}
  </label>
);

const levelTitles: Readonly<Record<Level, string>> = {
  error: t('Errors'),
  warning: t('Warnings and errors'),
  info: t('Without debug'),
  debug: t('All levels'),
};

/** Debug is the least serious level: all lines have at least that. */
const LevelChoice = ({ screen }: Pick<Props, 'screen'>) => (
  <select
    aria-label={t('Level')}
    value={screen.options.level}
    onChange={({ currentTarget }) =>
      screen.choose({ level: levels.find((level) => level === currentTarget.value && level !== 'debug') ?? 'all' })
    }
  >
    <option value="all">{levelTitles.debug}</option>
    {(['info', 'warning', 'error'] as const).map((level) => (
      <option key={level} value={level}>
        {levelTitles[level]}
      </option>
    ))}
  </select>
);

const RunChoice = ({ screen }: Pick<Props, 'screen'>) => (
  <select
    aria-label={t('Runs')}
    value={screen.options.runs}
    onChange={({ currentTarget: { value } }) =>
      screen.choose({ runs: value === 'latest' || value === 'previous' ? value : 'all' })
    }
  >
    <option value="all">{t('All runs')}</option>
    <option value="latest">{t('Latest run')}</option>
    <option value="previous">{t('Previous run')}</option>
  </select>
);
