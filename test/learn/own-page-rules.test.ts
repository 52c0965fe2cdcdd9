import { expect, test } from '@jest/globals';
import { learnItem } from './learn-item.js';

const names = Array.from({ length: 12 }, (_, index) => `Holiday trip ${index * 13 + 100}`);
const nameAt = (path: string) => decodeURIComponent(path.split('/').at(-1) ?? '').split('.')[0];
const indexOf = (path: string) => names.indexOf(nameAt(path)?.replace(/_\w+$/, '') ?? '');

function row(name: string): string {
  const at = encodeURIComponent(name);
  return `<div class="tile"><a href="${at}.html"><img src="${at}_thumb.jpg"></a></div>`;
}

const list = (from: number, to: number) =>
  `<html lang="en"><body><div id="tiles">${names.slice(from, to).map(row).join('')}</div></body></html>`;

/** Learns from photos whose original stands on their own pages alone. */
function learnOwn(say: (index: number, file: string) => string) {
  return learnItem({
    path: '/album/index.html',
    text: list(0, 8),
    row: 'div.tile',
    again: [{ path: '/album/index_2.html', text: list(8, 12) }],
    files: (path) => {
      const index = indexOf(path);
      const name = names[index];
      if (name === undefined) return undefined;
      // Neither the thumbnail nor its page tells the original's address.
      const original = `/originals/${index * 7919}/${encodeURIComponent(name)}.jpg`;
      if (path.endsWith('.html')) {
        return `<html lang="en"><body>${say(index, `${name}.jpg`)}<p class="original"><a href="${original}">Original picture</a></p></body></html>`;
      }
      return { width: path.startsWith('/originals/') ? 1200 : 150, name: `${index}` };
    },
  });
}

test('a date that few photos have is found on the pages of later ones', async () => {
  const { rules, uncertain } = await learnOwn((index) =>
    index < 8 ? '' : `<div class="image_date">Taken on ${index + 10}/01/2009 at 12:10</div>`,
  );
  expect(rules).toMatchObject({
    date: {
      on: 'detail',
      select: '.image_date',
      filters: [{ match: expect.anything() }, { date: { format: "d/M/yyyy 'at' H:mm" } }],
    },
  });
  expect(uncertain).toEqual([]);
});

test('a date that is the same on all pages is the site’s', async () => {
  const { rules } = await learnOwn(() => '<div class="made_date">Made on 21/01/2009</div>');
  expect(rules).not.toHaveProperty('date');
});

test('what is said of the file is no caption; what is said of the photo is', async () => {
  const technical = (file: string) => `<div class="caption_tech">${file}: Exposure None</div>`;
  const without = await learnOwn((_, file) => technical(file));
  expect(without.rules).not.toHaveProperty('caption');
  const both = await learnOwn(
    (index, file) =>
      `${technical(file)}<div class="image_comment">Lunch with ${'a'.repeat(index)}nna</div>`,
  );
  expect(both.rules.caption).toEqual({ on: 'detail', select: '.image_comment' });
});

test.each([
  ['a heading that differs', (index: number) => `Lunch ${'o'.repeat(index)}n`, true],
  ['a heading that some pages lack', (index: number) => (index % 2 ? 'Lunch' : ''), false],
  ['the album’s name', () => 'Holiday', false],
  ['a count', (index: number) => `Photo ${index + 1} of 12`, false],
  ['the file’s name', (index: number) => `${names[index]}`, false],
])('title: %s', async (_name, title, isTitle) => {
  const { rules } = await learnOwn((index) => {
    const text = title(index);
    return text === '' ? '' : `<h1>${text}</h1>`;
  });
  if (isTitle) expect(rules.title).toEqual({ on: 'detail', select: 'h1' });
  else expect(rules).not.toHaveProperty('title');
});
