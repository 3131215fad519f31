import type { Markup } from '../../../report/markup.ts';

/** Shows markup, keeping what is unfolded and what has the focus. `focus`: the id of what gets it instead; `say`: what is read out. */
export function paint(markup: Markup, { focus, say }: { readonly focus?: string; readonly say?: string } = {}): void {
  const view = document.getElementById('view');
  const live = document.getElementById('live');
  if (view === null || live === null) return;
  const open = [...view.querySelectorAll('details[open][id]')].map(({ id }) => id);
  const hadFocus = document.activeElement?.id ?? '';
  view.innerHTML = markup.text;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  for (const id of [focus, hadFocus]) {
    if (id === undefined || id === '') continue;
    document.getElementById(id)?.focus();
    if (document.activeElement?.id === id) break;
  }
  if (say !== undefined) live.textContent = say;
}

/** Calls `act` with the id of each button that is pressed. */
export function onPress(act: (id: string) => void): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button !== null && !button.disabled) act(button.id);
  });
}
