import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { builtInProfiles, loadProfile, templateFile, templates } from '../../src/profile/load.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const kodakPulse = readFileSync(
  new URL('../../profiles/kodak-pulse.yaml', import.meta.url),
  'utf8',
);

/** Why a profile file is refused; none where it is not. */
function problemsOf(text: string): Promise<readonly string[]> {
  return withTemporaryFolder((folder) => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, text);
    return problemsOfLoading(file).map((problem) => problem.replace(file, 'mine.yaml'));
  });
}

function problemsOfLoading(nameOrPath: string): readonly string[] {
  try {
    loadProfile(nameOrPath);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

test.each(builtInProfiles)('the built-in profile %s loads and bears its own name', (name) => {
  expect(loadProfile(name).name).toBe(name);
});

test.each(templates)('the template %s loads by its path, and not by its name alone', (name) => {
  expect(loadProfile(templateFile(name)).name).toBe(name);
  expect(problemsOfLoading(name)).toEqual([
    expect.stringContaining(`cp ${templateFile(name)} ./mine.yaml`),
  ]);
});

test('a path loads the file there, whatever the working folder', async () => {
  expect(await problemsOf(kodakPulse)).toEqual([]);
});

test('an unknown name is refused with the names there are, and how to give a file', () => {
  expect(problemsOfLoading('flickr')).toEqual([
    expect.stringMatching(/"flickr".*kodak-pulse.*\.\/flickr\.yaml/),
  ]);
});

test.each(['./nowhere.yaml', 'nowhere.yaml', '/'])(
  '%s cannot be read, and the problem says so',
  (path) => {
    expect(problemsOfLoading(path)).toEqual([
      expect.stringContaining(`The profile file ${path} cannot be read`),
    ]);
  },
);

const dozenMistakes = `name: My Site
title: ""
url: https://me:s3cret@album.test/
signIn:
  by: form
  page: /login
  form: form[
  fields: { user: '{usrname}', pass: '{password}' }
  proof: redirct
listing:
  start: ['/a', 7]
  next: { by: number }
  mostPages: many
item:
  row: .photo
  id: { select: $.id }
  thumbnail: { attribute: src, filters: [match: '(', date: stardate, reverse] }
  uploadedAt: { attribute: at, filters: [date: iso] }
  caption: { on: detail, select: p }
  original:
    - { from: version }
    - { from: original }
limits: { concurrency: 100, patience: 1 }
`;

test('a profile with more than a dozen mistakes has each named, in order, with its line', async () => {
  expect(await problemsOf(dozenMistakes)).toEqual([
    'mine.yaml:1: name: takes lower-case letters, digits and hyphens',
    'mine.yaml:2: title: must not be empty',
    'mine.yaml:3: url: must not have a user name or password in it',
    expect.stringMatching(/^mine.yaml:7: signIn.form: is not a CSS selector: /),
    'mine.yaml:8: signIn.fields.user: cannot contain {usrname}; it can contain {username} and {password}',
    'mine.yaml:9: signIn.proof: takes redirect, keys with values',
    'mine.yaml:11: listing.start[2]: takes text',
    'mine.yaml:12: listing.next: needs either parameter or address',
    'mine.yaml:13: listing.mostPages: takes a number',
    'mine.yaml:16: item.id.select: is a JSON path, but the row is a CSS selector',
    expect.stringMatching(/^mine.yaml:17: item.thumbnail.filters\[1\].match: Invalid regular/),
    'mine.yaml:17: item.thumbnail.filters[2].date: takes iso, unix, unix-milliseconds, dotnet-ticks, keys with values',
    expect.stringMatching(/^mine.yaml:17: item.thumbnail.filters\[3\]: takes trim, decode, /),
    'mine.yaml:18: item.uploadedAt: needs a date filter as its last one, with a known time zone',
    'mine.yaml:19: item.caption.on: needs the field detail, the address of that page',
    'mine.yaml:21: item.original[1].from: there is no field version',
    'mine.yaml:22: item.original[2].from: takes its value from itself',
    'mine.yaml:23: limits.concurrency: takes 64 or less',
    'mine.yaml:23: limits.patience: there is no such key',
  ]);
});

test.each([
  ['two kinds of source', 'title: { from: id, attribute: x }', 'title.attribute: cannot be used'],
  ['what makes the key elsewhere', 'id: { on: detail, select: b }', 'must be in the row'],
  ['a field of another page', 'sender: { from: title }', 'title is on the photo’s own page'],
  ['an attribute in JSON', 'sender: { on: detail, select: $.a, attribute: x }', 'no attributes'],
  ['a filter of two', 'sender: { filters: [{ match: a, query: b }] }', 'a hyphen before each'],
  [
    'a zone that is none',
    'date: { filters: [date: { format: iso, zone: Mars }] }',
    'not a time zone',
  ],
  ['a year of another library', 'date: { filters: [date: { format: d/M/YYYY }] }', 'year as yyyy'],
  ['a day of another library', 'date: { filters: [date: { format: DD/MM/yyyy }] }', 'day as d or'],
  ['no element', 'sender: { on: detail }', 'item.sender: needs select'],
])('%s is refused', async (_what, field, message) => {
  const fields = `  detail: { attribute: href }\n  title: { on: detail, select: h1 }\n  ${field}\n`;
  const text = kodakPulse.replace('  rotation: { attribute: rot }\n', fields);
  const [name = ''] = field.split(':');
  const others = text
    .split('\n')
    .filter((line) => line.includes(field) || !line.startsWith(`  ${name}:`));
  expect(await problemsOf(others.join('\n'))).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['a count from nowhere', 'total: {}', 'listing.total: needs select'],
  ['a count out of another field', 'total: { from: id }', 'listing.total.from: cannot be used'],
  ['a count in JSON on a page of HTML', 'total: { select: $.n }', 'but the row is a CSS selector'],
  ['a status that asks to come again', 'end: { status: [429] }', 'are never the end'],
  ['what is ignored in JSON on a page of HTML', 'ignore: [a, $.a]', 'but the page is HTML'],
  ['bare text in JSON', "next: { by: link, select: $.a, textBefore: '1' }", 'works in HTML only'],
])('%s is refused', async (_what, rule, message) => {
  const text = rule.startsWith('end')
    ? kodakPulse.replace('parameter: p }', `parameter: p, ${rule} }`)
    : kodakPulse
        .replace(/^ {2}next:.*\n/m, (next) => (rule.startsWith('next') ? '' : next))
        .replace('listing:\n', `listing:\n  ${rule}\n`);
  const problems = await problemsOf(text);
  expect(problems).toContainEqual(expect.stringContaining(message));
});

test('beside JSON in a script, a count may stand in either, and elements may be ignored', async () => {
  const listing = (rules: string) => `name: x
title: X
signIn: { by: none }
listing: { json: { script: script }, ${rules} }
item: { row: '$.a[*]', id: { select: $.id }, original: [{}] }
`;
  expect(await problemsOf(listing('total: { select: b }, ignore: aside'))).toEqual([]);
  expect(await problemsOf(listing('total: { select: $.n }'))).toEqual([]);
  expect(await problemsOf(listing('ignore: $.n'))).toEqual([
    expect.stringContaining('but the page is HTML'),
  ]);
});

test('an unknown key is refused, at any depth', async () => {
  expect(await problemsOf(`${kodakPulse}nmae: x\n`)).toEqual([expect.stringContaining('nmae')]);
  expect(await problemsOf(kodakPulse.replace('rotation:', 'rotatoin:'))).toEqual([
    expect.stringMatching(/item.*rotatoin/),
  ]);
});

test('a missing key is named', async () => {
  expect(await problemsOf(kodakPulse.replace(/^title:.*$/m, ''))).toEqual([
    expect.stringMatching(/: title: is missing; it takes text/),
  ]);
});

test.each([
  ['broken YAML', 'name: ['],
  ['the same key twice', `${kodakPulse}name: again\n`],
  ['a list', '- name: x'],
  ['nothing', ''],
])('a file with %s is refused as such', async (_what, text) => {
  const problems = await problemsOf(text);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem).toMatch(/^mine\.yaml/);
});

// The line of the block above is given, for keys at the top always 1.
test('an unknown key is reported with its own line', async () => {
  const text = `${kodakPulse}nmae: x\n`;
  expect(await problemsOf(text)).toEqual([
    expect.stringMatching(`^mine.yaml:${lineOf(text, 'nmae')}:`),
  ]);
});

test.each([
  ['a # that begins a comment', 'row: #photos figure', 'to YAML “#photos figure” is a comment'],
  ['a # in the middle', 'row: div #photos', 'to YAML “#photos” is a comment'],
  ['a # inside { }', 'id: { select: #a, attribute: id }', 'to YAML “#a, attribute: id }” is'],
  ['a list', 'row: [data-id]', '; an unquoted [ begins a list, so'],
  ['a list with more behind it', 'row: [data-id] a', 'an unquoted [ begins a list'],
  ['a [ inside { }', 'id: { select: a[href], attribute: href }', 'an unquoted [ begins a list'],
  ['a { in a list', 'id: { filters: [match: \\d{4}] }', 'an unquoted { begins keys'],
  ['a comma inside { }', 'id: { select: a, b }', 'item.id.b: there is no such key; inside { }'],
  ['a colon', 'row: a: b', 'a colon with a space behind it makes a key'],
  ['an apostrophe', "row: 'the club's'", 'the value ends before its line does'],
  ['a quotation mark alone', "row: 'abc", 'this quotation mark has no second one'],
  [
    'no closing bracket',
    'id: { select: a',
    'what opens with { or [, here or above, must be closed',
  ],
  ['no value', 'row:', ', but nothing stands there'],
  ['no space after a colon', 'row:a', 'a key needs a colon, and a space behind the colon'],
  ['a key twice', 'row: a\n  row: b', 'the key stands here a second time'],
  ['a tab', '\trow: a', 'a line must not begin with a tab'],
  ['a sign of YAML', 'row: %a', 'a text without quotes cannot begin with this sign'],
  ['an asterisk', 'row: *.photo', 'Put text that begins with * in quotes'],
])('one mistake of YAML is one problem, in plain words: %s', async (_what, rule, sentence) => {
  const id = rule.startsWith('id') ? 'row: a' : 'id: {}';
  const profile = `name: x
title: X
signIn: { by: none }
item:
  ${rule}
  ${id}
  original: [{}]
`;
  const problems = await problemsOf(profile);
  expect(problems).toEqual([expect.stringContaining(sentence)]);
});

test('a comment behind a value is one where a space follows the #', async () => {
  expect(await problemsOf(`# yaml\n#yaml\n${kodakPulse.replace(/$/m, ' # x')}`)).toEqual([]);
});

// It is found out when the first page is read, as an unexpected error.
test('a selector that is not CSS is a problem of the file', async () => {
  const text = kodakPulse.replace(/row: .*$/m, "row: 'img['");
  expect(await problemsOf(text)).toEqual([expect.stringContaining('item.row')]);
});

// Settings refuse such an address, since it is written to the storage folder and to exports.
test('an address with a password in it is refused', async () => {
  const text = kodakPulse.replace('https://www', 'https://me:s3cret@www');
  expect(await problemsOf(text)).toEqual([expect.stringContaining('url')]);
});

test.each([
  ['Cookie: a=b', 'Cookie'],
  ['authorization: Bearer x', 'authorization'],
  ['HOST: a', 'HOST'],
  ['Content-Length: "1"', 'Content-Length'],
  ['Range: bytes=0-1', 'Range'],
  ['Proxy-Authorization: x', 'Proxy-Authorization'],
  ['User-Agent: x', 'User-Agent'],
])('headers that are not a profile’s to set are refused: %s', async (header, name) => {
  expect(await problemsOf(`${kodakPulse}headers: { ${header} }\n`)).toEqual([
    expect.stringContaining(`headers: must not set ${name}`),
  ]);
});

test.each(['"a b": x', 'X-A: "x\\ny"', 'X-A: "ä"', 'X-A: ""', 'X-A: 1'])(
  'a header that cannot be sent is refused: %s',
  async (header) => {
    expect(await problemsOf(`${kodakPulse}headers: { ${header} }\n`)).toEqual([
      expect.stringContaining('headers'),
    ]);
  },
);

test('other headers are allowed', async () => {
  expect(await problemsOf(`${kodakPulse}headers: { Accept-Language: de, x-app: "1" }\n`)).toEqual(
    [],
  );
});

test('how the steps of a sign-in go together is checked, each mistake in one sentence', async () => {
  const steps = `signIn:
  by: steps
  steps:
    - { form: { a: '{usrname}' }, json: { b: [1, '{token}'] } }
    - { get: /a, post: /b, headers: { Cookie: x } }
    - get: '/c/{code}'
      json: {}
      take:
        token: { select: $.a, attribute: x }
        uid: { header: X-Id, cookie: id }
        code: { cookie: id }
        user_id: { header: X-Id }
    - { post: '/d/{token}', form: { uid: '{uid}' } }
  headers: { Authorization: '{token} {tokens}' }
`;
  const [before = '', after = ''] = kodakPulse.split(/signIn:\n(?: .*\n|\n)+/);
  const lines = (await problemsOf(`${before}${steps}\n${after}`)).map((problem) =>
    problem.replace(/^mine.yaml:\d+: signIn\./, ''),
  );
  const known = 'which no step before takes; it can contain {username}, {password}, {code}';
  expect(lines).toEqual([
    'steps[1]: needs either get or post',
    'steps[1].json: cannot be used together with form',
    `steps[1].form.a: cannot contain {usrname}, ${known}`,
    `steps[1].json.b[2]: cannot contain {token}, ${known}`,
    'steps[2].headers: must not set Cookie',
    'steps[2]: needs either get or post',
    'steps[3].json: needs post, not get',
    'steps[3].take.token.attribute: needs select, with a CSS selector',
    'steps[3].take.uid: needs one of select, header and cookie',
    'steps[3].take.code: is what a person gives; take this under another name',
    'steps[3].take.user_id: takes letters as a name',
    expect.stringMatching(/^headers\.authorization: cannot contain \{tokens\}, .* \{token\}, /),
  ]);
});

test('a form among the steps needs something to tell its refusal by', async () => {
  const [before = '', after = ''] = kodakPulse.split(/signIn:\n(?: .*\n|\n)+/);
  const problems = (steps: string) =>
    problemsOf(`${before}signIn: { by: steps, steps: [${steps}] }\n${after}`);
  expect(await problems('{ post: /in, json: {} }')).toEqual([]);
  expect(
    await problems('{ post: /in, form: {} }, { get: /x, take: { t: { header: a } } }'),
  ).toEqual([]);
  expect(await problems('{ post: /in, form: {} }')).toEqual([
    expect.stringContaining('signIn: needs proof, or a value that a step takes'),
  ]);
});
