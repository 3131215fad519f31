import type { NormalSpan } from './normal-form.ts';

export type ContentId = (span: NormalSpan) => number;

/** Gives one number per distinct subtree, found bottom-up, so that comparing large trees stays linear. */
export function createContentId(): ContentId {
  const ids = new WeakMap<NormalSpan, number>();
  const known = new Map<string, number>();
  const contentId = (span: NormalSpan): number => {
    const given = ids.get(span);
    if (given !== undefined) return given;
    const { children = [], ...own } = span;
    const key = `${JSON.stringify(own)}${children.map(contentId).join()}`;
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    ids.set(span, id);
    return id;
  };
  return contentId;
}
