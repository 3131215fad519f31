import type { JSONValue } from '@modelcontextprotocol/server';

/** The views of this server, by the tool whose results they show. */
export const viewUris = { plan: 'ui://tracewright/plan', verify: 'ui://tracewright/traces' } as const;

/** What a tool says of its view, in the form of the MCP Apps specification and in the one that came before it. */
export function shownIn(tool: keyof typeof viewUris): Readonly<Record<string, JSONValue>> {
  return { ui: { resourceUri: viewUris[tool] }, 'ui/resourceUri': viewUris[tool] };
}
