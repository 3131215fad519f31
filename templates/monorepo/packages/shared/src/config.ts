/** Settings of a service, read once when it starts; every fault is named at once. */
export function readSettings<T>(read: (faults: string[]) => T): T {
  const faults: string[] = [];
  const settings = read(faults);
  if (faults.length > 0) throw new Error(`Wrong settings (see .env.example): ${faults.join('; ')}`);
  return settings;
}

export function portOf(text: string, faults: string[]): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push(`PORT is no port: ${text}`);
  return port;
}

export function urlOf(name: string, text: string, faults: string[]): string {
  if (!URL.canParse(text)) faults.push(`${name} is no URL: ${text}`);
  return text;
}
