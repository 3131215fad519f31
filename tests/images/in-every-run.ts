/** One image of each kind of edit; the others are replayed by the long suite. */
export const inEveryRun: readonly string[] = [
  'otel-bootstrap/carries-a-loader-into-a-stage-of-named-copies Dockerfile',
  'otel-bootstrap/copies-before-an-install-in-a-here-document Dockerfile',
  'otel-bootstrap/copies-beside-named-files Dockerfile.add',
  'otel-bootstrap/copies-from-a-root-context services/a/Dockerfile',
  'otel-bootstrap/copies-into-a-dockerfile-in-a-compose-file compose.yml',
  'otel-bootstrap/copies-into-a-selective-dockerfile Dockerfile',
  'otel-bootstrap/mounts-vendor-where-the-manifest-is-mounted Dockerfile',
  'otel-bootstrap/stays-beside-an-entry-the-image-moves Dockerfile',
];
