/** Records a film of a page, frame by frame, and writes it as an animated PNG. The machine's speed does not matter: each frame states its own duration. */
import type { Locator, Page } from 'playwright-core';
import * as UPNG from 'upng-js';
import { until } from '../test/support/poll';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Frame {
  readonly image: Buffer;
  readonly durationMs: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const frameMs = 80;
const pointerStepPx = 45;

/** Enough for the text and the icons of VS Code; the file is a third of one in full color. */
const colors = 256;

export class Film {
  readonly #frames: Frame[] = [];
  #pointer: Point;

  private constructor(
    private readonly page: Page,
    private readonly clip: Area,
  ) {
    this.#pointer = { x: clip.x + clip.width * 0.9, y: clip.y + clip.height * 0.7 };
  }

  static async begin(page: Page, clip: Area): Promise<Film> {
    await page.evaluate(overlay(clip));
    const film = new Film(page, clip);
    await page.mouse.move(film.#pointer.x, film.#pointer.y);
    return film;
  }

  /** Shows a line of text at the lower edge of the picture. */
  async caption(text: string): Promise<void> {
    await this.page.evaluate(`document.getElementById('film-caption').textContent = ${JSON.stringify(text)}`);
  }

  async hold(durationMs: number): Promise<void> {
    this.#frames.push({ image: await this.page.screenshot({ clip: this.clip }), durationMs });
  }

  /** Records the animations of the page for a number of frames. */
  async roll(frames: number): Promise<void> {
    for (let taken = 0; taken < frames; taken += 1) await this.hold(frameMs);
  }

  async rollUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
    await until(
      what,
      async () => {
        await this.hold(frameMs);
        return holds();
      },
      60_000,
    );
  }

  async pointAt(target: Locator): Promise<void> {
    const box = await target.boundingBox();
    if (box === null) throw new Error(`${target.toString()} is not visible, so the pointer cannot go there.`);
    await this.moveTo({ x: box.x + Math.min(box.width / 2, 40), y: box.y + box.height / 2 });
  }

  async moveTo(to: Point): Promise<void> {
    const from = this.#pointer;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / pointerStepPx));
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      await this.page.mouse.move(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
      await this.hold(frameMs / 2);
    }
    this.#pointer = to;
  }

  async click(target: Locator): Promise<void> {
    await this.pointAt(target);
    await this.hold(400);
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  /** The whole film as the bytes of an animated PNG that repeats forever. */
  develop(): Uint8Array {
    const distinct = withoutRepetitions(this.#frames);
    const pixels = distinct.map(({ image }) => UPNG.toRGBA8(UPNG.decode(bytesOf(image)))[0] ?? new ArrayBuffer(0));
    const durations = distinct.map(({ durationMs }) => durationMs);
    return new Uint8Array(UPNG.encode(pixels, this.clip.width, this.clip.height, colors, durations));
  }
}

function withoutRepetitions(frames: readonly Frame[]): readonly Frame[] {
  const distinct: Frame[] = [];
  for (const frame of frames) {
    const last = distinct.at(-1);
    if (last?.image.equals(frame.image)) distinct.splice(-1, 1, { ...last, durationMs: last.durationMs + frame.durationMs });
    else distinct.push(frame);
  }
  return distinct;
}

const bytesOf = (image: Buffer): ArrayBuffer => Uint8Array.from(image).buffer;

/** A pointer and a caption: a screenshot has no pointer of its own. As text, because it runs in the page. */
const overlay = ({ x, y, width, height }: Area): string => `{
  const top = 'position: fixed; z-index: 100000; pointer-events: none;';
  const caption = document.createElement('div');
  caption.id = 'film-caption';
  caption.style.cssText = top + 'left: ${x}px; top: ${y + height - 34}px; width: ${width}px; height: 34px; line-height: 34px;'
    + 'text-align: center; font: 600 15px/34px sans-serif; color: #ffffff; background: #0b4f79;';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', '18');
  svg.setAttribute('height', '24');
  svg.style.cssText = top;
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M1 1 L1 18 L5.5 14 L8.5 21.5 L11.5 20.2 L8.6 13 L14.5 13 Z');
  path.setAttribute('fill', '#ffffff');
  path.setAttribute('stroke', '#000000');
  svg.append(path);
  document.body.append(caption, svg);
  document.addEventListener('mousemove', (event) => {
    svg.style.left = event.clientX + 'px';
    svg.style.top = event.clientY + 'px';
  }, true);
}`;
