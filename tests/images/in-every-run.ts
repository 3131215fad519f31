/** Images that take little to install, of most kinds of edits; the others are replayed by the long suite. */
export const inEveryRun: readonly string[] = [
  'otel-bootstrap/copies-beside-named-files Dockerfile.add',
  'otel-bootstrap/copies-from-a-root-context services/a/Dockerfile',
  'otel-bootstrap/copies-into-a-dockerfile-in-a-compose-file compose.yml',
  'otel-bootstrap/copies-into-a-selective-dockerfile Dockerfile',
  'otel-bootstrap/mounts-vendor-where-the-manifest-is-mounted Dockerfile',
];
