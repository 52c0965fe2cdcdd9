/** A recording, as far as its forms differ from browser to browser. */
interface Recorded {
  log: { creator: object; pages?: unknown; entries: RecordedEntry[] };
}
interface RecordedEntry {
  [extension: string]: unknown;
  request: RecordedMessage & {
    url: string;
    postData?: { mimeType?: string; text?: string; params?: Named[] };
  };
  response: RecordedMessage & {
    status: number;
    content: { size?: number; text?: string; encoding?: string; mimeType?: string };
  };
}
interface RecordedMessage {
  headers: Named[];
  cookies: unknown[];
  headersSize?: number;
  bodySize?: number;
}
interface Named {
  name: string;
  value: string;
}

function changed(har: string, name: string, change: (entry: RecordedEntry) => void): string {
  const recorded = JSON.parse(har) as Recorded;
  recorded.log.creator = { name, version: '1' };
  for (const entry of recorded.log.entries) {
    for (const key of Object.keys(entry)) {
      if (key.startsWith('_') || key === 'serverIPAddress') delete entry[key];
    }
    change(entry);
  }
  return JSON.stringify(recorded);
}

const isForm = (type = '') => type.startsWith('application/x-www-form-urlencoded');
const formFields = (text = ''): Named[] =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));

/** As Firefox saves it: bodies with the headers of their upload before them, pictures left out. */
export function asFirefox(har: string): string {
  return changed(har, 'Firefox', ({ request, response }) => {
    const { postData } = request;
    if (postData !== undefined && isForm(postData.mimeType)) {
      const { text = '' } = postData;
      postData.params = formFields(text);
      postData.text = `Content-Type: ${postData.mimeType}\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    }
    if (/^image/.test(response.content.mimeType ?? '')) {
      response.content = { mimeType: 'image/jpeg', size: response.content.size ?? 0 };
    }
    for (const message of [request, response]) {
      message.headersSize = -1;
      message.bodySize = -1;
    }
  });
}

/** As Safari saves it: fields in place of the text that was sent, texts in base64, lengths unknown. */
export function asSafari(har: string): string {
  return changed(har, 'WebKit Web Inspector', ({ request, response }) => {
    const { postData } = request;
    if (postData !== undefined && isForm(postData.mimeType)) {
      request.postData = { mimeType: postData.mimeType ?? '', params: formFields(postData.text) };
    }
    const { content } = response;
    if (content.text !== undefined && content.encoding === undefined) {
      content.text = Buffer.from(content.text).toString('base64');
      content.encoding = 'base64';
    }
    content.size = -1;
    response.headers = response.headers.filter(({ name }) => !/^content-length$/i.test(name));
    request.cookies = [];
    response.cookies = [];
  });
}

/** As Chrome exports it unless told otherwise, since version 130: without what opens an album. */
export function asSanitized(har: string): string {
  return changed(har, 'WebInspector', ({ request, response }) => {
    for (const message of [request, response]) {
      message.headers = message.headers.filter(
        ({ name }) => !/^(?:cookie|set-cookie|authorization)$/i.test(name),
      );
      message.cookies = [];
    }
    const { host, pathname } = new URL(request.url);
    request.headers.unshift(
      { name: ':authority', value: host },
      { name: ':path', value: pathname },
    );
  });
}
