import { type ListToolsResult, McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { catalogue } from '../contract/errors.ts';
import { callTool, type Setting } from './call-tool.ts';
import { instructions } from './instructions.ts';
import { outputSchema } from './schema.ts';
import { tools } from './tools/index.ts';
import { listResources, readResource } from './views/resources.ts';
import { shownIn } from './views/view-uri.ts';

/** One server for one connection or one HTTP request, of either protocol era. The tools answer wrong arguments and unknown names themselves. */
export function createServer(setting: Setting): McpServer {
  const server = new McpServer(
    { name: 'tracewright', title: 'Tracewright', version: setting.version },
    { capabilities: { resources: { listChanged: false }, tools: { listChanged: false } }, instructions },
  );
  server.server.setRequestHandler('tools/list', () => ({ tools: listed() }));
  server.server.setRequestHandler('tools/call', ({ params }, { mcpReq }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined) {
      const { title, next } = catalogue.TW1093;
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `TW1093 ${title}: ${params.name}. ${next}`, { code: 'TW1093', next });
    }
    return callTool(tool, { input: params.arguments ?? {}, meta: mcpReq._meta ?? {}, signal: mcpReq.signal }, setting);
  });
  server.server.setRequestHandler('resources/list', () => listResources());
  server.server.setRequestHandler('resources/read', ({ params }) => readResource(params.uri));
  return server;
}

/** The same bytes on every start. */
function listed(): ListToolsResult['tools'] {
  return tools.map(({ name, title, description, inputSchema, annotations }) => ({
    name,
    title,
    description,
    inputSchema: { ...inputSchema },
    outputSchema,
    annotations: { title, ...annotations },
    ...((name === 'plan' || name === 'verify') && { _meta: shownIn(name) }),
  }));
}
