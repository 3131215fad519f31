import { html, verbatim } from '../../report/markup.ts';
import { darkColours, lightColours, style } from '../../report/style.ts';
import { viewStyle } from './view-style.ts';

/** The host knows the colour scheme of its own page; that of the system counts only where it says nothing. */
const themes = `
:root[data-theme=light] { color-scheme: light; ${lightColours} }
:root[data-theme=dark] { color-scheme: dark; ${darkColours} }
`;

/** A view as one document; the script is our own text, and data reaches it only as messages of the host. */
export function renderPage(title: string, script: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${verbatim(style + themes + viewStyle)}</style>
</head>
<body>
<main id="view"></main>
<p id="live" class="away" role="status"></p>
<script type="module">${verbatim(script)}</script>
</body>
</html>
`.text;
}
