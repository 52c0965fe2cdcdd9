import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type LearnedProfile, writeProfile } from '../../src/learn/write-profile.js';
import { loadProfile } from '../../src/profile/load.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const learned: LearnedProfile = {
  name: 'photos-example-org',
  title: 'Our photos',
  url: 'https://photos.example.org/album/?key=4711',
  rules: [
    {
      place: 'item.id',
      rule: { from: 'original', filters: ['path', 'decode'] },
      seenOn: '48 of 48 rows',
    },
    { place: 'item.row', rule: 'a.thumb', seenOn: '48 rows with a picture each' },
    {
      place: 'item.original',
      rule: [
        {
          attribute: 'href',
          filters: [{ match: '^(?!(?:.*/)?media/(?:large|small|thumbs)/).+$' }],
        },
        { from: 'thumbnail', filters: [{ replace: { match: '^([^?#]*)~t~', with: '$1~a~' } }] },
      ],
      seenOn: '6 of 6 photos tried',
      isUncertain: true,
    },
    { place: 'item.thumbnail', rule: { select: 'img', attribute: 'src' }, seenOn: '48 of 48 rows' },
    { place: 'listing.next', rule: { by: 'link', select: 'a.next' }, seenOn: 'pages 1 to 3' },
    {
      place: 'signIn',
      rule: {
        proof: { select: 'html' },
        by: 'form',
        page: '/login',
        form: 'form:has(input[name="password"])',
        fields: { login: '{username}', password: '{password}' },
      },
      seenOn: 'the form on /login',
    },
    { place: 'signIn.proof', rule: { select: 'a[href$="logout"]' }, seenOn: 'what signs out' },
    { place: 'limits.delay', rule: 2, seenOn: 'Crawl-delay: 2 in robots.txt' },
  ],
  missing: [],
};

test('A learned profile is ordered as the built-in ones, with what each rule was seen on', () => {
  expect(
    writeProfile(learned),
  ).toBe(`# Learned from https://photos.example.org/album/ by photo-escape learn. Above each rule stands what
# it was seen on.

name: photos-example-org
title: Our photos
url: https://photos.example.org/album/?key=4711

# Seen: the form on /login
signIn:
  by: form
  page: /login
  form: form:has(input[name="password"])
  fields: { login: '{username}', password: '{password}' }
  # Seen: what signs out
  proof: { select: 'a[href$="logout"]' }

listing:
  # Seen: pages 1 to 3
  next: { by: link, select: a.next }

item:
  # Seen: 48 rows with a picture each
  row: a.thumb
  # Seen: 48 of 48 rows
  thumbnail: { select: img, attribute: src }
  # UNCERTAIN, look at this rule. Seen: 6 of 6 photos tried
  original:
    - { attribute: href, filters: [ match: ^(?!(?:.*/)?media/(?:large|small|thumbs)/).+$ ] }
    - { from: thumbnail, filters: [ replace: { match: '^([^?#]*)~t~', with: $1~a~ } ] }
  # Seen: 48 of 48 rows
  id: { from: original, filters: [ path, decode ] }

limits:
  # Seen: Crawl-delay: 2 in robots.txt
  delay: 2
`);
});

test('A learned profile can be used as it was written', async () => {
  await withTemporaryFolder(async (folder) => {
    const file = join(folder, 'learned.yaml');
    await writeFile(file, writeProfile(learned));
    expect(loadProfile(file)).toMatchObject({
      name: 'photos-example-org',
      signIn: { proof: { select: 'a[href$="logout"]' } },
      item: { row: 'a.thumb' },
      limits: { delay: 2 },
    });
  });
});

test('What is missing stands at the top', () => {
  const text = writeProfile({
    ...learned,
    missing: ['item.original: no larger picture was found'],
  });
  expect(text.split('\n')[2]).toBe('# MISSING: item.original: no larger picture was found');
});
