// The same crawl as anyone would write it with Crawlee: sign in, walk the pages, save the originals.
// plain-crawl.js FOLDER AT_ONCE; Crawlee's own environment says where, and whether, it keeps its state.
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  CheerioCrawler,
  Configuration,
  createCheerioRouter,
  Dataset,
  KeyValueStore,
  LogLevel,
  log,
} from '@crawlee/cheerio';
import { gotScraping } from 'got-scraping';

const { ALBUM_URL = '', ALBUM_USERNAME = '', ALBUM_PASSWORD = '' } = process.env;
const [folder = '', atOnce = ''] = process.argv.slice(2);
const isOnDisk = Configuration.getGlobalConfig().get('persistStorage');
log.setLevel(LogLevel.OFF);

const run = Date.now();
const listing = (page: number) => {
  const url = new URL(`/Frame/AllPictures?p=${page}`, ALBUM_URL).href;
  return { url, uniqueKey: `${run} ${url}`, label: 'LISTING', userData: { page } };
};

const rows = await Dataset.open('photos');
const originals = await KeyValueStore.open('photos');
if (!isOnDisk) mkdirSync(folder, { recursive: true });

const router = createCheerioRouter();

router.addHandler('LOGIN', async (context) => {
  const { $, request, sendRequest, session, addRequests } = context;
  const fields = $('form').serializeArray();
  const form = new URLSearchParams();
  for (const { name, value } of fields) form.set(name, value);
  form.set('username', ALBUM_USERNAME);
  form.set('password', ALBUM_PASSWORD);
  const answer = await sendRequest({
    url: new URL($('form').attr('action') ?? '', request.loadedUrl).href,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    followRedirect: false,
  });
  if (answer.statusCode !== 302) throw new Error(`the sign-in is answered ${answer.statusCode}`);
  session?.setCookiesFromResponse(answer);
  await addRequests([listing(1)]);
});

router.addHandler('LISTING', async ({ $, request, addRequests }) => {
  const thumbnails = $('img[src*="cloudfront"]').toArray();
  if (thumbnails.length === 0) return;
  const page = Number(request.userData.page);
  const images = thumbnails.map((thumbnail) => {
    const url = ($(thumbnail).attr('src') ?? '').replace('~t~', '~a~');
    const userData = { page, rotation: $(thumbnail).attr('rot') };
    return { url, label: 'IMAGE', skipNavigation: true, userData };
  });
  await addRequests([...images, listing(page + 1)]);
});

// The way that Crawlee's documentation fetches files beside pages.
router.addHandler('IMAGE', async ({ request }) => {
  const body = await gotScraping({ url: request.url }).buffer();
  const file = basename(request.url);
  if (isOnDisk) {
    const key = file.replaceAll('~', '-').replace('.jpg', '');
    await originals.setValue(key, body, { contentType: 'image/jpeg' });
  } else {
    await writeFile(join(folder, file), body);
  }
  const { page, rotation } = request.userData;
  await rows.pushData({ url: request.url, file, page, rotation, bytes: body.length });
});

const crawler = new CheerioCrawler({
  requestHandler: router,
  minConcurrency: Number(atOnce),
  maxConcurrency: Number(atOnce),
  autoscaledPoolOptions: { loggingIntervalSecs: null },
  // One session, the one that is signed in, for the whole crawl.
  sessionPoolOptions: {
    maxPoolSize: 1,
    sessionOptions: { maxUsageCount: 1e9, maxErrorScore: 1e9 },
  },
});
const { requestsFailed } = await crawler.run([
  { url: ALBUM_URL, uniqueKey: `${run} LOGIN`, label: 'LOGIN' },
]);
if (requestsFailed > 0) process.exitCode = 1;
