import type { ServiceCall } from './service-calls.ts';

export interface MapBox {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly MapBox[];
}

export const boxWidth = 150;
export const boxHeight = 40;
const gapX = 90;
const gapY = 24;

/** Each service one column right of its first caller; cycles end at the first visit. */
function layersOf(calls: readonly ServiceCall[]): string[][] {
  const called = new Set(calls.map(({ to }) => to));
  const depth = new Map<string, number>();
  const visit = (start: readonly string[]): void => {
    let layer = start.filter((name) => !depth.has(name));
    for (let level = 0; layer.length > 0; level += 1) {
      for (const name of layer) depth.set(name, level);
      const next = calls.filter(({ from }) => layer.includes(from)).map(({ to }) => to);
      layer = [...new Set(next)].filter((name) => !depth.has(name));
    }
  };
  visit([...new Set(calls.map(({ from }) => from))].filter((name) => !called.has(name)));
  for (const { from } of calls) visit([from]);
  const layers: string[][] = [];
  for (const [name, level] of depth) layers[level] = [...(layers[level] ?? []), name];
  return layers;
}

/** Where the boxes of the map go, from callers on the left to the called on the right. */
export function layOut(calls: readonly ServiceCall[]): MapLayout {
  const layers = layersOf(calls);
  const tallest = Math.max(0, ...layers.map((layer) => layer.length));
  const height = tallest * (boxHeight + gapY);
  const boxes = layers.flatMap((layer, column) =>
    layer.map((name, row) => ({
      name,
      x: column * (boxWidth + gapX),
      y: (height - layer.length * (boxHeight + gapY)) / 2 + row * (boxHeight + gapY) + gapY / 2,
    })),
  );
  return { width: Math.max(0, layers.length * (boxWidth + gapX) - gapX), height, boxes };
}
