/** What the dashboard's page and the extension exchange, besides the messages of the log. Texts may hold anything. */
import type { Band } from '../history/bands';
import type { Incident } from '../history/incidents';
import type { Role } from '../model/service';
import type { MeasuredProcess } from '../model/usage';
import type { Severity } from '../views/icon';
import { messageIn } from '../webview/pageMessage';

export const tabs = ['timeline', 'charts', 'log', 'details', 'checks'] as const;
export type Tab = (typeof tabs)[number];

export const dashboardActions = ['start', 'stop', 'restart', 'diagnose', 'open'] as const;
export type DashboardAction = (typeof dashboardActions)[number];

/** One row of the list. Times are ms since the epoch. */
export interface DashboardService {
  readonly id: string;
  readonly role: Role;
  readonly group: string;
  /** In words of the display language. */
  readonly state: string;
  readonly severity: Severity;
  /** Why, in a few words; absent when the state needs no explanation. */
  readonly cause?: string;
  readonly cpu?: number;
  readonly memory?: number;
  readonly startedAt?: number;
  readonly restarts: number;
  readonly port?: number;
  /** Of the last successful probe, in ms. */
  readonly latency?: number;
  readonly actions: readonly DashboardAction[];
  /** Services that it depends on. */
  readonly needs: readonly Need[];
}

export interface Need {
  readonly id: string;
  /** It waits for this one now. */
  readonly isAwaited: boolean;
}

/** What happened, with its sentence. */
export interface ShownIncident {
  readonly service: string;
  readonly at: number;
  readonly kind: Incident['kind'];
  readonly text: string;
  /** What a diagnosis found first. */
  readonly verdict?: string;
}

export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly bands: readonly { readonly service: string; readonly bands: readonly Band[] }[];
  /** Newest first. */
  readonly incidents: readonly ShownIncident[];
}

/** Samples of one service as columns of equal length; null where there is none. `at` in s since the epoch, as charts take it. */
export interface Series {
  readonly service: string;
  readonly at: readonly number[];
  readonly cpu: readonly (number | null)[];
  /** In bytes. */
  readonly memory: readonly (number | null)[];
  /** In ms. */
  readonly latency: readonly (number | null)[];
}

export interface Details {
  readonly service: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly environment: readonly string[];
  readonly processes: readonly MeasuredProcess[];
}

export interface ShownCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly text: string;
}

export interface Checks {
  readonly service: string;
  readonly results: readonly ShownCheck[];
}

/** A snapshot has everything; an update only what has changed. */
export interface DashboardUpdate {
  readonly kind: 'dashboard.update';
  /** Rows that changed. */
  readonly services?: readonly DashboardService[];
  /** Ids of all services in their order, when services came or went. */
  readonly order?: readonly string[];
  /** What happened while the user was away; an empty text for nothing. */
  readonly away?: string;
  readonly timeline?: Timeline;
  readonly series?: readonly Series[];
  readonly details?: Details;
  readonly checks?: Checks;
}

/** What the page shows: of one service, or of all. */
export interface Shown {
  readonly tab: Tab;
  readonly service?: string;
}

export type DashboardToHost =
  /** `at`: the log at that moment. */
  | ({ readonly kind: 'dashboard.show'; readonly at?: number } & Shown)
  | { readonly kind: 'dashboard.act'; readonly action: DashboardAction; readonly service: string }
  | { readonly kind: 'dashboard.check'; readonly service: string }
  | { readonly kind: 'dashboard.copyReport' };

/** Undefined for what is none of these messages. */
export function readDashboardMessage(value: unknown): DashboardToHost | undefined {
  const message = messageIn(value);
  if (message === undefined) return undefined;
  const { kind, tab, service, at, action } = message;
  const named = typeof service === 'string' ? { service } : {};
  switch (kind) {
    case 'dashboard.show':
      if (!isTab(tab)) return undefined;
      return { kind, tab, ...named, ...(typeof at === 'number' && { at }) };
    case 'dashboard.act':
      return isAction(action) && typeof service === 'string' ? { kind, action, service } : undefined;
    case 'dashboard.check':
      return typeof service === 'string' ? { kind, service } : undefined;
    case 'dashboard.copyReport':
      return { kind };
    default:
      return undefined;
  }
}

export const isTab = (value: unknown): value is Tab => tabs.some((tab) => tab === value);
const isAction = (value: unknown): value is DashboardAction => dashboardActions.some((action) => action === value);
