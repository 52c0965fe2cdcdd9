import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { reportPage } from '../../src/report/report-page.js';
import type { ReportedPage, ReportedPhoto } from '../../src/report/reported-photo.js';
import type { RescueReport } from '../../src/report/rescue-report.js';

const hostile = `"><img src=x onerror=alert(1)></style><script>alert(2)</script>'`;

const photo = (change: Partial<ReportedPhoto>): ReportedPhoto => ({
  key: 'a',
  id: 'a',
  page: 1,
  position: 1,
  status: 'saved',
  originalUrl: 'https://images.test/a.jpg',
  file: 'key_value_stores/photos/a.jpg',
  bytes: 125_000,
  width: 800,
  height: 600,
  date: '2012-07-04T12:34:56',
  ...change,
});

interface WholeReport extends RescueReport {
  pages: ReportedPage[];
  noLongerListed: ReportedPhoto[];
}

function reportOf(photos: ReportedPhoto[], change: Partial<WholeReport> = {}): WholeReport {
  const count = (status: string) => photos.filter((one) => one.status === status).length;
  const left = change.noLongerListed?.length ?? 0;
  const [saved, failed, pending] = [count('saved'), count('failed'), count('pending')];
  return {
    schema: 1,
    album: { profile: 'kodak-pulse', url: 'https://album.test/', username: 'anna' },
    writtenAt: '2026-11-22T10:00:00.000Z',
    verdict: { rescued: true, sentence: 'It is rescued.' },
    counts: { listed: photos.length, saved, failed, pending, left, lost: 0 },
    bytes: 125_000 * saved,
    twice: [],
    originality: { measured: 0, thumbnails: { measured: 0, own: 0 }, signs: [], doubtful: 0 },
    pages: [{ page: 1, saved, failed, pending, photos }],
    noLongerListed: [],
    ...change,
  };
}

function pageOf({ pages, noLongerListed, ...report }: WholeReport) {
  const photos = [...pages.flatMap((page) => page.photos), ...noLongerListed];
  const failed = photos.filter(({ status }) => status === 'failed');
  const named = new Map(photos.map((one) => [one.key, one]));
  const rescue = { report, failed, named, pages: () => pages, departed: () => noLongerListed };
  return load([...reportPage(rescue, (file) => `../${file}`)].join(''));
}

test('it says first whether the album is rescued, then the sums, then each page', () => {
  const $ = pageOf(reportOf([photo({}), photo({ key: 'b', id: 'b', position: 2 })]));
  expect($('.verdict').text()).toBe('It is rescued.');
  expect($('dl').text().replace(/\s+/g, ' ')).toContain('Saved2 250 kB');
  expect($('details summary').text()).toBe('Page 1: 2 photos, all saved');
  expect($('details[open]')).toHaveLength(0);
  expect($('details a').first().attr('href')).toBe('../key_value_stores/photos/a.jpg');
  expect($('details tbody tr').first().text()).toContain('800 × 600');
  expect($('h2').text()).not.toContain('Not saved');
});

test('what failed is named with its place and its reason, above the pages', () => {
  const failed = photo({ status: 'failed', reason: 'the server answered 404' });
  const $ = pageOf(reportOf([failed, photo({ key: 'b', status: 'pending' })]));
  const row = $('h2:contains("Not saved")').next().find('tbody tr').text();
  expect(row).toContain('page 1, no. 1');
  expect(row).toContain('the server answered 404');
  expect($('summary').text()).toBe('Page 1: 0 of 2 photos saved, 1 not saved, 1 not tried yet');
});

test('doubts, signs, pictures present twice and photos that left are shown', () => {
  const left = photo({ key: 'left', id: 'left', title: 'Old beach' });
  delete left.page;
  const $ = pageOf(
    reportOf([photo({})], {
      lastRun: { startedAt: '', processId: 1, ending: 'incomplete', doubts: ['It kept changing.'] },
      twice: [['a', 'left']],
      originality: {
        measured: 2,
        thumbnails: { measured: 12, longestSide: 160, own: 1 },
        signs: [{ key: 'left', sign: 'it was made smaller since' }],
        commonSide: { longestSide: 800, pictures: 2, sentence: '2 of 2 are alike' },
        doubtful: 2,
      },
      noLongerListed: [left],
    }),
  );
  const text = $('main').text().replace(/\s+/g, ' ');
  expect(text).toContain('What is in doubt It kept changing.');
  expect(text).toContain(
    'thumbnails: 1 with their own, the others with the largest one, which has 160 pixels at its longest side. A run with --thumbnails all',
  );
  expect(text).toContain('Warning: 2 of 2 are alike.');
  expect(text).toContain('it was made smaller since');
  expect(text).toContain('a (page 1, no. 1), Old beach (no longer listed)');
  expect(text).toContain('No longer in the album');
});

test('it says where each picture was compared with its own thumbnail, and where none was', () => {
  const textOf = (thumbnails: RescueReport['originality']['thumbnails']) => {
    const originality = { measured: 2, thumbnails, signs: [], doubtful: 0 };
    const $ = pageOf(reportOf([photo({})], { originality }));
    return $('#originality + p').text();
  };
  expect(textOf({ measured: 2, longestSide: 160, own: 2 })).toContain(
    'Each was compared with its own thumbnail; the largest thumbnail has 160 pixels',
  );
  expect(textOf({ measured: 0, own: 0 })).toContain('No thumbnail was measured.');
});

test("the size of a photo's thumbnail stands below its own, where it was measured", async () => {
  const size = { width: 800, height: 600 };
  const looked = photo({ ...size, thumbnail: { width: 120, height: 90 } });
  const $ = pageOf(reportOf([looked, photo({ key: 'b', ...size })]));
  const sizes = $('tbody td:nth-child(4)').map((_, cell) => $(cell).text());
  expect([...sizes]).toEqual(['800 × 600thumbnail 120 × 90', '800 × 600']);
});

test('photos that left stand in one table, however many come at a time', () => {
  const left = ['x', 'y', 'z'].map((id) => photo({ key: id, id, file: `photos/${id}.jpg` }));
  const counts = { listed: 1, saved: 1, failed: 0, pending: 0, left: 2, lost: 1 };
  const $ = pageOf(reportOf([photo({})], { counts, noLongerListed: left }));
  const table = $('h2:contains("No longer in the album")').nextAll('details');
  expect(table.find('summary').text()).toBe('3 photos');
  expect(table.find('tbody tr')).toHaveLength(3);
  expect($('table')).toHaveLength(2);
  expect($('main').children().last().text()).toContain('verify');
});

test('an album without pages says so', () => {
  const textOf = (report: WholeReport) => pageOf(report)('main').text();
  const nothing = 'No page with photos is known.';
  expect(textOf(reportOf([], { pages: [] }))).toContain(nothing);
  expect(textOf(reportOf([], { pages: [], noLongerListed: [photo({})] }))).toContain(nothing);
  expect(textOf(reportOf([photo({})]))).not.toContain(nothing);
});

test('whatever the site says stays text', () => {
  const bad = { id: hostile, title: hostile, originalUrl: hostile };
  const photos = [
    photo(bad),
    photo({ ...bad, key: hostile, status: 'failed', reason: hostile, date: hostile }),
  ];
  const $ = pageOf(
    reportOf(photos, {
      album: { profile: hostile, url: hostile, username: hostile },
      lastRun: { startedAt: '', processId: 1, doubts: [hostile] },
      twice: [['a', hostile]],
      originality: {
        measured: 1,
        thumbnails: { measured: 0, own: 0 },
        signs: [{ key: 'a', sign: hostile }],
        doubtful: 1,
      },
    }),
  );
  expect($('script, img, iframe, object, [onerror]')).toHaveLength(0);
  expect($('style')).toHaveLength(1);
  expect($('title').text()).toContain(hostile);
});

test('the page allows its own style and nothing else', () => {
  const $ = pageOf(reportOf([photo({})]));
  const policy = $('meta[http-equiv="Content-Security-Policy"]').attr('content') ?? '';
  const style = createHash('sha256').update($('style').text()).digest('base64');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src 'sha256-${style}'`);
  expect($('[style], link, [src]')).toHaveLength(0);
});

test('photos that the site itself has damaged are named, and marked where they are listed', () => {
  const damaged = photo({ key: 'b', id: 'b', position: 2, damagedAtSource: true });
  const $ = pageOf(reportOf([photo({}), damaged], { damagedAtSource: ['b'] }));
  expect($('h2:contains("Damaged on the site itself") ~ ul').first().text().trim()).toBe(
    'b (page 1, no. 2)',
  );
  const states = $('details tr td:nth-child(3)').map((_, cell) => $(cell).text());
  expect(states.get()).toEqual(['saved', 'saved: damaged on the site itself']);
  expect(pageOf(reportOf([photo({})])).text()).not.toContain('Damaged on the site itself');
});
