import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import { type Profile, profileSchema } from '../../src/profile/schema.js';
import { profileOf } from './profile-of.js';

const document = readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...document.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, text = '']) => text,
  );

/** The profile of the document with this name. */
function documented(name: string): Profile {
  const text = blocks('yaml').find((block) => block.startsWith(`name: ${name}\n`));
  return profileSchema.parse(parse(text ?? ''));
}

const [page = ''] = blocks('html');

test('the worked example reads the page that it is made for', () => {
  const albumUrl = 'https://photos.club.example/albums/7';
  const place = { albumUrl, number: 1 };
  expect(
    readListing(new Page({ url: albumUrl, text: page }), documented('club'), place),
  ).toMatchObject({
    rows: 1,
    unreadable: [],
    albums: [{ url: albumUrl, title: 'Summer 2016' }],
    next: `${albumUrl}?after=4711`,
    photos: [
      {
        id: '4711',
        thumbnailUrl: 'https://photos.club.example/img/s/lake_4711.jpg',
        detailUrl: 'https://photos.club.example/photo/4711',
        originals: [null, 'https://photos.club.example/img/full/lake_4711.jpg'],
        caption: 'At the lake',
        sender: 'Anna',
        date: '2016-07-03T14:05:00',
      },
    ],
  });
});

test('the example in JSON reads what it says', () => {
  const albumUrl = 'https://portal.example/api/photos?limit=100';
  const text = `{"photos":[{"id":7,"updatedAt":"5","createdAt":"2016-07-03T14:05:00Z","title":"Lake",
    "file":{"name":"a & b.jpg"}}],"nextCursor":"x"}`;
  const place = { albumUrl, number: 1 };
  expect(
    readListing(new Page({ url: albumUrl, text }), documented('day-care'), place),
  ).toMatchObject({
    unreadable: [],
    next: `${albumUrl}&cursor=x`,
    photos: [
      {
        id: '7',
        version: '5',
        originals: ['https://portal.example/files/originals/a%20%26%20b.jpg'],
        uploadedAt: '2016-07-03T14:05:00.000Z',
      },
    ],
  });
});

test('the sign-in by steps is one that a profile can have', () => {
  const text = blocks('yaml').find((block) => block.startsWith('signIn:\n')) ?? '';
  const { signIn } = profileOf(
    `${text}\nitem: { row: a, id: {}, original: [{ attribute: href }] }`,
  );
  expect(signIn).toMatchObject({ by: 'steps', steps: [{ post: '/session' }, { json: {} }] });
});
