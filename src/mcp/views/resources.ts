import { type ListResourcesResult, ProtocolError, ProtocolErrorCode, type ReadResourceResult } from '@modelcontextprotocol/server';
import { catalogue } from '../../contract/errors.ts';
import { viewUris } from './view-uri.ts';

/** HTML that a host shows in a frame of its own (MCP Apps, 2026-01-26). */
const mimeType = 'text/html;profile=mcp-app';

const views = [
  {
    uri: viewUris.plan,
    name: 'plan',
    title: 'Tracewright plan',
    description: 'Shows a plan by reason with its diff; codemods can be left out, and the rest applied.',
    page: async () => (await import('./pages.gen.ts')).planScript,
  },
  {
    uri: viewUris.verify,
    name: 'traces',
    title: 'Tracewright traces',
    description: 'Shows the traces of a verification as waterfalls, and what differs from the golden traces.',
    page: async () => (await import('./pages.gen.ts')).tracesScript,
  },
] as const;

/** The same bytes on every start. */
export function listResources(): ListResourcesResult {
  return { resources: views.map(({ page: _page, ...view }) => ({ ...view, mimeType })) };
}

/** One view: a page that holds all it needs and asks for no network, so it names no domain. */
export async function readResource(uri: string): Promise<ReadResourceResult> {
  const view = views.find((one) => one.uri === uri);
  if (view === undefined) {
    const { title, next } = catalogue.TW1095;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `TW1095 ${title}: ${uri}. ${next}`, { code: 'TW1095', next });
  }
  const { renderPage } = await import('./render-page.ts');
  return { contents: [{ uri, mimeType, text: renderPage(view.title, await view.page()), _meta: { ui: { prefersBorder: true } } }] };
}
