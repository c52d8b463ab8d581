import { request } from 'node:http';

/** A request to a hosted site: a `Host` of one's own is what fetch does not allow. */
export function visit(
  url: string,
  host: string,
  {
    method = 'GET',
    body,
    cookie,
  }: { readonly method?: string; readonly body?: object; readonly cookie?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { host, 'content-type': 'application/json', ...(cookie && { cookie }) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
