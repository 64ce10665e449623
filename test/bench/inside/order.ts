/** What the bench outside tells the bench inside the extension host, and what it tells back; files in the workspace carry it. */

import type { Stall } from './gauge';

export const orderFile = 'order.json';
export const answerFile = 'answer.json';

export type Order =
  | {
      readonly kind: 'agents';
      readonly count: number;
      readonly services: Readonly<Record<string, { readonly command: string; readonly port: number }>>;
      /** Lists what another process manager runs. */
      readonly peer: {
        readonly program: string;
        readonly args: readonly string[];
        readonly env: Readonly<Record<string, string>>;
      };
    }
  | { readonly kind: 'activation'; readonly services: Readonly<Record<string, object>> }
  | { readonly kind: 'ends'; readonly count: number; readonly server: string; readonly port: number }
  | {
      readonly kind: 'scale';
      readonly server: string;
      readonly ports: readonly number[];
      readonly sizes: readonly number[];
      /** How long each size is watched, in seconds. */
      readonly seconds: number;
      /** A folder for profiles of the extension host's processor, for V8's tools. */
      readonly profiles?: string;
    }
  | {
      /** The same servers in task terminals of VS Code's own, without this extension's part in it. */
      readonly kind: 'plainTasks';
      readonly server: string;
      readonly ports: readonly number[];
      readonly seconds: number;
    }
  | {
      /** How much processor time and memory the host uses while services, or plain tasks, run and nothing happens. */
      readonly kind: 'watch';
      readonly what: 'services' | 'plainTasks';
      readonly server: string;
      readonly ports: readonly number[];
      readonly sizes: readonly number[];
      readonly windows: number;
      /** Length of a window, in seconds. */
      readonly seconds: number;
      readonly profiles?: string;
    }
  | { readonly kind: 'flood'; readonly server: string; readonly megabytes: number; readonly rounds: number };

/** Time and processor time, of the whole host, in ms. */
export type ActivationAnswer = Stall;

/** In ms: a call of `services_list`, `svc list` as a process, and the other program. */
export interface AgentsAnswer {
  readonly call: readonly number[];
  readonly svc: readonly number[];
  readonly peer: readonly number[];
}

/** From the end of the process, in ms. */
export interface EndsAnswer {
  readonly exit: Noticed;
  readonly SIGKILL: Noticed;
}

export interface Noticed {
  readonly snapshot: readonly number[];
  readonly editor: readonly number[];
}

/** Without tasks, and with all of them. */
export type PlainTasksAnswer = readonly [before: Idle, after: Idle];

export type ScaleAnswer = readonly Idle[];

/** One size, watched while nothing happens but probes. */
export interface Idle {
  readonly services: number;
  /** Of one core, in percent. */
  readonly cpu: number;
  /** Resident, in MB: as it was, and after a collection. */
  readonly rss: number;
  readonly held: number;
  /** Of the heap after a collection, in MB. */
  readonly heap: number;
  /** Of the event loop while watched, and while the services were started before. */
  readonly stall: Stall;
  readonly stallAtStart: Stall;
}

/** By size. */
export type WatchAnswer = readonly Watched[];

export interface Watched {
  readonly size: number;
  /** What came before the windows; undefined when V8 had nothing to give back. */
  readonly aftermath: Aftermath | undefined;
  /** Of one core, in percent, for each window. */
  readonly cpu: readonly number[];
  /** The main thread in collections of V8, in percent of the time. */
  readonly collecting: number;
  /** After collections, in MB: resident, and in use of the heap. */
  readonly held: number;
  readonly heap: number;
  /** What V8 has reserved for young objects, which it gives back late, in MB; it says nothing about what is kept. */
  readonly young: number;
}

/** The time after a start in which V8 still keeps the space for young objects that the start needed. */
export interface Aftermath {
  /** Since the start, in s. */
  readonly seconds: number;
  /** Of one core, in percent. */
  readonly cpu: number;
  readonly isOver: boolean;
}

export interface FloodAnswer {
  readonly plain: readonly Flooded[];
  readonly service: readonly Flooded[];
  /** Rounds in which VS Code stopped reading the terminal for good. */
  readonly stuck: { readonly plain: number; readonly service: number };
}

export interface Flooded {
  /** Time to write it all, in ms. */
  readonly took: number;
  /** By how much the extension host's resident memory grew meanwhile at most, in MB. */
  readonly grown: number;
  /** What it had more after it and a collection than before it, in MB. */
  readonly kept: number;
  /** Processor time of the extension host, in ms. */
  readonly processor: number;
}
