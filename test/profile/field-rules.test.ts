import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { profileSchema } from '../../src/profile/schema.js';

/** Why the rules of a profile are refused, a sentence each with its place. */
function problemsOf(rules: string): string[] {
  const profile = { name: 'mine', title: 'Mine', signIn: { by: 'none' }, ...parse(rules) };
  const { error } = profileSchema.safeParse(profile);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const inHtml = (fields: string) => `
item: { row: .post img, id: { attribute: src }, original: [{ attribute: src }], ${fields} }`;
const inJson = (fields: string) => `
item: { row: '$.a[*].b[*]', id: { select: $.id }, original: [{ select: $.url }], ${fields} }`;

describe('where a field starts from', () => {
  test.each([
    ['title: { of: $.a, select: b }', 'title.of: is a JSON path, but the row is a CSS selector'],
    ['title: { of: page }', 'title: needs select, the place on the page'],
    [
      'title: { of: page, beside: p, select: b }',
      'title.beside: cannot be used together with of: p',
    ],
    ['title: { from: id, of: .post }', 'title.of: cannot be used together with from'],
    ['title: { beside: $.a }', 'title.beside: takes a CSS selector, or below'],
    [
      'title: { text: after, attribute: alt }',
      'title.text: cannot be used together with attribute',
    ],
    [
      'detail: { attribute: href }, title: { on: detail, select: p, of: .post }',
      'title.of: cannot be used together with on',
    ],
  ])('in HTML, %s is refused', (fields, sentence) => {
    expect(problemsOf(inHtml(fields))).toEqual([expect.stringContaining(`item.${sentence}`)]);
  });

  test.each([
    ['title: { of: .post }', 'title.of: is a CSS selector, but the row is a JSON path'],
    ['title: { of: $.b }', 'title.of: must be a beginning of the row’s path, $.a[*].b[*]'],
    ["title: { of: '$.a[*].b[*]' }", 'title.of: must be a beginning of the row’s path'],
    ['title: { of: page, select: h1 }', 'title.select: is a CSS selector, but the row is a JSON'],
    ['title: { beside: p }', 'title.beside: works in HTML only'],
    ['title: { text: after }', 'title.text: works in HTML only'],
  ])('in JSON, %s is refused', (fields, sentence) => {
    expect(problemsOf(inJson(fields))).toEqual([expect.stringContaining(`item.${sentence}`)]);
  });

  test('a path that is none is told once', () => {
    expect(problemsOf(inJson('title: { of: $.a(, select: $.b }'))).toEqual([
      expect.stringMatching(/^item\.title\.of: is not a JSON path/),
    ]);
  });

  test('the page around JSON in a script is HTML', () => {
    const rules = `listing: { json: { script: script } }${inJson('title: { of: page, select: h1 }')}`;
    expect(problemsOf(rules)).toEqual([]);
  });
});

describe('several rules, and addresses of parts', () => {
  test.each([
    ['title: []', 'title: Too small'],
    ['title: { parts: { a: { attribute: x } } }', 'title: needs address, with a place for each'],
    ['title: { address: /a }', 'title.address: needs parts'],
    [
      'title: { parts: { a: { attribute: x } }, address: "{a}/{b}" }',
      'title.address: there is no part b',
    ],
    [
      'title: { parts: { a: { attribute: x }, b: {} }, address: "{a}" }',
      'title.parts.b: {b} is not in the address',
    ],
    [
      'title: { attribute: x, parts: { a: { attribute: x } }, address: "{a}" }',
      'title.attribute: belongs into each of the parts',
    ],
    ['title: { parts: { a: { select: $.a } }, address: "{a}" }', 'title.parts.a.select: is a JSON'],
    ['title: { parts: { a: { from: date } }, address: "{a}" }', 'title.parts.a.from: there is no'],
    [
      'title: { parts: { a: { from: title } }, address: "{a}" }',
      'title.parts.a.from: takes its value from itself',
    ],
    ['title: [{ attribute: x }, { from: title }]', 'title.1.from: takes its value from itself'],
    ['title: [{ attribute: x }, { select: $.x }]', 'title.1.select: is a JSON path'],
    ['title: [{ attribute: x }, { on: detail, select: p }]', 'title.1.on: needs the field detail'],
    [
      'uploadedAt: [{ filters: [date: unix] }, { attribute: x }]',
      'uploadedAt.1: needs a date filter as its last one',
    ],
    [
      'detail: {}, title: [{}, { on: detail, select: p }, { attribute: x }]',
      'title.2: must stand next to the other rules for the same page',
    ],
    [
      'detail: {}, title: { on: detail, parts: { a: { from: id } }, address: "{a}" }',
      'title.parts.a.on: cannot be used together with from',
    ],
  ])('%s is refused', (fields, sentence) => {
    expect(problemsOf(inHtml(fields))).toEqual([expect.stringContaining(`item.${sentence}`)]);
  });

  test('a count of the page has no row to start from', () => {
    const rules = `listing: { total: [{ select: b }, { parts: { a: { of: p, select: i } }, address: '{a}' }] }`;
    expect(problemsOf(`${rules}${inHtml('title: {}')}`)).toEqual([
      'listing.total.1.parts.a.of: cannot be used here',
    ]);
  });
});

describe('several items', () => {
  const photos = 'row: .a, id: { attribute: x }, original: [{ attribute: y }]';
  const inColumns = (columns: string, fields = '') =>
    `item: { row: { columns: ${columns} }, id: { select: $.id }, original: [{ select: $.url }], ${fields} }`;

  test('with rows of one kind are accepted', () => {
    expect(problemsOf(`item: [{ ${photos} }, { ${photos.replace('.a', '.b')} }]`)).toEqual([]);
    expect(problemsOf(inColumns('{ id: $.ids }', 'title: { of: $, select: $.t }'))).toEqual([]);
  });

  test.each([
    [
      `item: [{ ${photos} }, { row: $.a, id: {}, original: [{}] }]`,
      'item.1.row: is a JSON path, but the first item’s is a CSS selector',
    ],
    [
      `item: [{ ${photos} }, { ${photos}, title: { select: $.a } }]`,
      'item.1.title.select: is a JSON path, but the row is a CSS selector',
    ],
    [`item: { ${photos}, where: { from: id } }`, 'item.where.from: cannot be used here'],
    [inColumns('{ id: .a }'), 'item.row.columns.id: is a CSS selector, but columns are in JSON'],
    [
      inColumns("{ id: '$.ids[*]' }"),
      'item.row.columns.id: takes the path of the list itself, without [*] at its end',
    ],
    [`listing: { title: {} }\nitem: { ${photos} }`, 'listing.title: needs select'],
    [
      `listing: { title: { select: $.t } }\nitem: { ${photos} }`,
      'listing.title.select: is a JSON path, but the row is a CSS selector',
    ],
  ])('%s is refused', (rules, sentence) => {
    expect(problemsOf(rules)).toEqual([sentence]);
  });
});
