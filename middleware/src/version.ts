export const SCOPE: { readonly name: string; readonly version: string } = { name: '@tracewright/middleware', version: '0.4.0' };
