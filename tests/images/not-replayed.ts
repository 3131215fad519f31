/** Edited Dockerfiles that cannot be replayed to a started program, each with the reason. */
export const notReplayed: Readonly<Record<string, string>> = {
  'otel-bootstrap/adds-a-typescript-bootstrap-beside-the-entry Dockerfile':
    'its sources do not compile: they import express by default without esModuleInterop',
  'otel-bootstrap/carries-a-loader-into-a-stage-of-named-copies Dockerfile.file': 'src/main.ts, which it starts, is not in the fixture',
  'otel-bootstrap/leaves-an-install-by-a-built-manifest Dockerfile': 'its script `build` is not in the fixture',
  'otel-bootstrap/leaves-an-install-in-a-folder-of-the-build Dockerfile':
    'the package.json of its image is what a build writes, so the image lacks the middleware: the plan leaves that to a person, with the line',
};
