/** All that the page does beyond reading. Without it the page is complete but for `Show more` and the arrow keys. */
export const script = `
'use strict';
document.documentElement.classList.add('js');
const live = document.getElementById('live');

for (const button of document.querySelectorAll('.more > button')) button.hidden = false;

document.addEventListener('click', (event) => {
  const button = event.target.closest('.more > button');
  if (button) showMore(button.parentElement, button);
});

function showMore(more, button) {
  const pack = more.querySelector('script');
  const list = more.previousElementSibling;
  const before = list.children.length;
  list.insertAdjacentHTML('beforeend', pack.textContent);
  pack.remove();
  const added = list.children.length - before;
  const left = Number(more.dataset.left) - added;
  more.dataset.left = String(left);
  const words = left + ' more ' + more.dataset.one + (left === 1 ? '' : 's') + ' folded away.';
  more.querySelector('.left').textContent = left > 0 ? words : '';
  if (!more.querySelector('script')) button.remove();
  list.children[before].querySelector('summary').focus();
  live.textContent = added + ' shown. ' + (left > 0 ? words : '');
}

// A link into a folded trace opens it, and unpacks it first where needed.
function openTarget() {
  const id = location.hash.slice(1);
  const more = document.querySelector('.traces + .more');
  const packed = () => more && more.querySelector('script') && more.querySelector('button');
  for (let button; /^trace-/.test(id) && !document.getElementById(id) && (button = packed()); ) showMore(more, button);
  const target = document.getElementById(id);
  const details = target && target.querySelector('details.trace');
  if (!details) return;
  details.open = true;
  details.querySelector('summary').focus();
}
addEventListener('hashchange', openTarget);
openTarget();

// Arrow keys walk the lines of a waterfall, right opens and left closes one.
document.addEventListener('keydown', (event) => {
  const summary = event.target.closest('.span > details > summary');
  if (!summary || event.altKey || event.ctrlKey || event.metaKey) return;
  const lines = [...summary.closest('.spans').querySelectorAll('.span > details > summary')];
  const at = lines.indexOf(summary);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
  if (to !== undefined) lines[Math.max(0, Math.min(to, lines.length - 1))].focus();
  else if (event.key === 'ArrowRight') summary.parentElement.open = true;
  else if (event.key === 'ArrowLeft') summary.parentElement.open = false;
  else return;
  event.preventDefault();
});
`;
