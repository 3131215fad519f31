export type Language = 'js' | 'ts' | 'tsx';

const byExtension: Readonly<Record<string, Language>> = {
  js: 'js',
  jsx: 'js',
  cjs: 'js',
  mjs: 'js',
  es6: 'js',
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
};

export function extensionOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Language by extension; an extensionless file is a script when it starts with a node shebang, lies in a `bin` folder, or is asked for by name. */
export function languageOf(file: string): Language | undefined {
  const extension = extensionOf(file);
  return extension === '' ? 'js' : byExtension[extension];
}

/** True for files a person writes as tests or test data; product code never lives there. */
export function isTestFile(file: string): boolean {
  return (
    /(^|\/)(__tests__|__mocks__|__fixtures__|test|tests|spec|specs|e2e|fixtures|cypress)\//.test(file) ||
    /[.\-_](test|tests|spec|e2e|bench|stories)\.[cm]?[jt]sx?$/.test(file)
  );
}
