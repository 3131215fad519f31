import { NodeUrl } from '../platform';

const found = new Map<string, string>();

/** Where the host of a URL answered last. */
export function remember(url: string, address: string | undefined): void {
  if (address !== undefined) found.set(new NodeUrl(url).host, address);
}

export function addressOf(url: string): string | undefined {
  return found.get(new NodeUrl(url).host);
}
