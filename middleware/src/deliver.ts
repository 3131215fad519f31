import { request as plain } from 'http';
import { request as secure } from 'https';
import type { Parcel } from './parcel';

// A program of its own: reads parcels from standard input, posts them, ends. It says nothing, whatever happens.
let text = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  text += chunk;
});
process.stdin.on('end', () => {
  const parcels: Parcel[] = JSON.parse(text);
  for (const parcel of parcels) post(parcel);
});
process.on('uncaughtException', () => process.exit(1));

function post(parcel: Parcel): void {
  const send = parcel.url.indexOf('https:') === 0 ? secure : plain;
  const body = Buffer.from(parcel.body, 'base64');
  const request = send(
    parcel.url,
    { method: 'POST', headers: { ...parcel.headers, 'content-length': String(body.length) } },
    (response) => {
      response.resume();
    },
  );
  request.on('error', () => undefined);
  request.end(body);
}
