import { describe, expect, test } from '@jest/globals';
import type { FilledForm } from '../../src/page/form-submission.js';
import { FormError, submitForm } from '../../src/page/form-submission.js';
import { Page } from '../../src/page/page.js';

const url = 'https://album.test/in/?from=start#form';

function submission(html: string, filled: Partial<FilledForm> = {}) {
  return submitForm(new Page({ url, text: html }), 'form', { fields: {}, ...filled });
}

/** The pairs that a form sends by POST. */
function pairs(html: string, filled?: Partial<FilledForm>): string[][] {
  const body = submission(`<form method="post">${html}</form>`, filled)?.body;
  return [...new URLSearchParams(body?.bytes.toString())];
}

test.each([
  ['text', '<input name="a" value="1">', [['a', '1']]],
  ['no value', '<input name="a">', [['a', '']]],
  ['no name', '<input value="1"><input name="" value="2">', []],
  ['line breaks of a line', '<input name="a" value="1\n2">', [['a', '12']]],
  ['white space around an e-mail', '<input type="email" name="a" value=" x@y ">', [['a', 'x@y']]],
  ['a number that is none', '<input type="number" name="a" value="many">', [['a', '']]],
  ['a range', '<input type="range" name="a" min="10" max="20">', [['a', '15']]],
  ['a colour', '<input type="color" name="a">', [['a', '#000000']]],
  ['line breaks of a text', '<textarea name="a">\n1\n2</textarea>', [['a', '1\r\n2']]],
  [
    'boxes and radio buttons',
    '<input type="checkbox" name="a" checked><input type="checkbox" name="b"><input type="radio" name="c" value="1" checked><input type="radio" name="c" value="2" checked>',
    [
      ['a', 'on'],
      ['c', '2'],
    ],
  ],
  [
    'the first option',
    '<select name="a"><option disabled>0<option> 1  2 </select>',
    [['a', '1 2']],
  ],
  [
    'the chosen option',
    '<select name="a"><option>1<option selected value="x">2</select>',
    [['a', 'x']],
  ],
  ['an option that is off', '<select name="a"><option selected disabled>1</select>', []],
  ['a list without a choice', '<select name="a" size="3"><option>1</select>', []],
  [
    'several options',
    '<select name="a" multiple><option selected>1<optgroup disabled><option selected>2</optgroup><option selected>3</select>',
    [
      ['a', '1'],
      ['a', '3'],
    ],
  ],
  [
    'controls that are off',
    '<input name="a" disabled><fieldset disabled><input name="b"></fieldset>',
    [],
  ],
  [
    'the legend of a fieldset that is off',
    '<fieldset disabled><legend><input name="a"></legend><legend><input name="b"></legend></fieldset>',
    [['a', '']],
  ],
  ['a list whose size is no number', '<select name="a" size="x"><option>1</select>', [['a', '1']]],
  [
    'the spaces of an option that are no white space of HTML',
    '<select name="a"><option>&nbsp;1&nbsp;</select>',
    [['a', '\u00a01\u00a0']],
  ],
  ['a range in steps', '<input type="range" name="a" max="25">', [['a', '13']]],
  [
    'a range in tenths',
    '<input type="range" name="a" min="0" step="0.1" value="0.37">',
    [['a', '0.4']],
  ],
  ['a day that is none', '<input type="date" name="a" value="2020-02-30">', [['a', '']]],
  ['a week that is none', '<input type="week" name="a" value="2021-W53">', [['a', '']]],
  [
    'a local time',
    '<input type="datetime-local" name="a" value="2020-01-01 10:00:00.000">',
    [['a', '2020-01-01T10:00']],
  ],
  [
    'several e-mail addresses',
    '<input type="email" multiple name="a" value=" a@b , c@d ">',
    [['a', 'a@b,c@d']],
  ],
  ['a type that is none', '<input type="constructor" name="a" value="1">', [['a', '1']]],
  ['a template', '<template><input name="a"></template>', []],
  [
    'a button that commands another element',
    '<button commandfor="x" name="a">A</button><button name="b">B</button>',
    [['b', '']],
  ],
  ['suggestions', '<datalist><input name="a"></datalist>', []],
  [
    'the page’s encoding',
    '<input type="hidden" name="_charset_" value="x">',
    [['_charset_', 'UTF-8']],
  ],
  [
    'the direction of a text',
    '<div dir="rtl"><input name="a" dirname="a.dir"></div>',
    [
      ['a', ''],
      ['a.dir', 'rtl'],
    ],
  ],
  [
    'the direction that a text itself has',
    '<input name="a" dirname="b" dir="auto" value="1 שלום"><input type="number" name="c" dirname="d">',
    [
      ['a', '1 שלום'],
      ['b', 'rtl'],
      ['c', ''],
    ],
  ],
  [
    'the first button',
    '<button name="a" value="1">A</button><button name="b">B</button>',
    [['a', '1']],
  ],
  ['a button without a name', '<button>Sign in</button><button name="cancel">No</button>', []],
  [
    'buttons that send nothing',
    '<button type="button" name="a">A</button><input type="reset" name="b">',
    [],
  ],
  [
    'a default button that is off',
    '<button disabled name="a">A</button><button name="b">B</button>',
    [],
  ],
  [
    'an image',
    '<input type="image" name="go">',
    [
      ['go.x', '0'],
      ['go.y', '0'],
    ],
  ],
])('%s', (_what, html, expected) => {
  expect(pairs(html)).toEqual(expected);
});

test('controls belong to their form, wherever they stand', () => {
  const html =
    '<input name="a" form="f"><form id="f" method="post"><input name="b"><input name="c" form="g"></form><form id="g"><input name="d" form="f"><input name="e"></form>';
  const body = submission(html)?.body?.bytes.toString();
  expect(body).toBe('a=&b=&d=');
});

test('a form between the rows of a table has the controls of the cells behind it', () => {
  const row =
    '<tr><td><input name="before"></td></tr><form method="post"><tr><td><input name="a"></td></tr></form>';
  expect(submission(`<table>${row}</table><input name="after">`)?.body?.bytes.toString()).toBe(
    'a=',
  );
});

test('a form that markup around it has closed has the controls up to its end tag', () => {
  const html =
    '<div><form method="post"><input name="a"></div><input name="b"></form><input name="c">';
  expect(submission(html)?.body?.bytes.toString()).toBe('a=&b=');
});

test('of two forms in one table each has its own controls', () => {
  const form = (name: string) =>
    `<form method="post"><tr><td><input name="${name}"></td></tr></form>`;
  const html = `<table>${form('q')}${form('user')}<tr><td><input name="after"></td></tr></table>`;
  expect(submission(html)?.body?.bytes.toString()).toBe('q=');
});

test('an id that two forms have means the first', () => {
  const html =
    '<form id="f" method="post"><input name="a"></form><form id="f"></form><input name="b" form="f">';
  expect(submission(html)?.body?.bytes.toString()).toBe('a=&b=');
  const [first = '', second = ''] = html.split('</form>');
  const swapped = `${second}</form>${first}</form><input name="b" form="f">`;
  const page = new Page({ url, text: swapped });
  expect(submitForm(page, 'form[method]', { fields: {} })?.body?.bytes.toString()).toBe('a=');
});

describe('what is filled in', () => {
  test('does not go to a button or a disabled field of the same name', () => {
    const html =
      '<input name="login"><input name="login" disabled><button name="login" value="in">Sign in</button>';
    expect(pairs(html, { fields: { login: 'anna' } })).toEqual([
      ['login', 'anna'],
      ['login', 'in'],
    ]);
  });

  test('replaces what is preset at its place, and stands at the end where there is no such control', () => {
    const html = '<input name="user" value="old"><input type="hidden" name="t" value="1">';
    expect(pairs(html, { fields: { extra: 'x', user: 'new' } })).toEqual([
      ['user', 'new'],
      ['t', '1'],
      ['extra', 'x'],
    ]);
  });

  test('ticks a box, chooses a radio button and an option, and leaves a hidden field beside it', () => {
    const html =
      '<input type="hidden" name="stay" value="0"><input type="checkbox" name="stay" value="1"><input type="radio" name="r" value="a" checked><input type="radio" name="r" value="b"><select name="s"><option>1<option>2</select>';
    expect(pairs(html, { fields: { stay: '1', r: 'b', s: '2' } })).toEqual([
      ['stay', '0'],
      ['stay', '1'],
      ['r', 'b'],
      ['s', '2'],
    ]);
  });

  test('goes to the field that a person sees', () => {
    const html = '<input name="user" value=""><input type="hidden" name="user" value="copy">';
    expect(pairs(html, { fields: { user: 'anna' } })).toEqual([
      ['user', 'anna'],
      ['user', 'copy'],
    ]);
  });
});

test('the profile may name the button', () => {
  const html = '<button name="a">A</button><button name="b" value="1" class="go">B</button>';
  expect(pairs(html, { button: '.go' })).toEqual([['b', '1']]);
  expect(() => pairs(html, { button: '.stop' })).toThrow(FormError);
});

test.each([
  ['', 'https://album.test/in/?from=start'],
  ['do', 'https://album.test/in/do'],
  ['/do?a=b', 'https://album.test/do?a=b'],
])('the action %j leads to %s', (action, target) => {
  expect(submission(`<form method="post" action="${action}"></form>`)?.url).toBe(target);
});

test('the button’s own action, method and encoding count', () => {
  const button =
    '<button formaction="/b" formmethod="post" formenctype="text/plain" name="a" value="1">';
  expect(submission(`<form action="/a" method="get">${button}</form>`)).toEqual({
    method: 'POST',
    url: 'https://album.test/b',
    body: { bytes: Buffer.from('a=1\r\n'), type: 'text/plain' },
  });
});

test('by GET the fields are the query, in place of the action’s own', () => {
  expect(submission('<form action="/do?old=1#x"><input name="a" value="ä b"></form>')).toEqual({
    method: 'GET',
    url: 'https://album.test/do?a=%C3%A4+b',
  });
});

test('by GET a form without entries has an empty query', () => {
  expect(submission('<form action="/do?old=1#x"></form>')?.url).toBe('https://album.test/do?');
});

test('raw letters in the query of the action are sent in the page’s encoding', () => {
  const text = '<form method="post" action="/do?ü=1"></form>';
  const page = new Page({ url, text, encoding: 'windows-1252' });
  expect(submitForm(page, 'form', { fields: {} })?.url).toBe('https://album.test/do?%FC=1');
});

test('an action that is no address is named', () => {
  expect(() => submission('<form action="https://[/"></form>')).toThrow(
    'its action “https://[/” is not an address',
  );
});

test.each([
  ['shift_jis', 'Shift_JIS'],
  ['nonsense,latin1', 'windows-1252'],
  ['utf-16', 'UTF-8'],
  ['x-user-defined', 'x-user-defined'],
])('the encoding %s is named %s', (label, name) => {
  const form = `<form method="post" accept-charset="${label}"><input type="hidden" name="_charset_"></form>`;
  expect(submission(form)?.body?.bytes.toString()).toBe(`_charset_=${name}`);
});

test('in multipart an encoding with states returns to ASCII at the end of each value', () => {
  const form =
    '<form method="post" enctype="multipart/form-data" accept-charset="iso-2022-jp"><input name="a" value="¥"></form>';
  expect(submission(form)?.body?.bytes.toString('latin1')).toContain('\x1b(J\\\x1b(B\r\n--');
});

test('a form that closes a window sends nothing', () => {
  expect(() => submission('<form method="dialog"></form>')).toThrow('sends nothing');
});

test('the encoding of accept-charset is used, and what it does not have becomes an entity', () => {
  const form =
    '<form method="post" accept-charset="nonsense latin1"><input name="ä" value="“é” 北"></form>';
  expect(submission(form)?.body?.bytes.toString()).toBe('%E4=%93%E9%94+%26%2321271%3B');
});

test('multipart as RFC 7578 says, with an empty file', () => {
  const form =
    '<form method="post" enctype="multipart/form-data"><input name="a &quot;b&quot;" value="1"><input type="file" name="f"></form>';
  const { bytes, type } = submission(form)?.body ?? { bytes: Buffer.alloc(0), type: '' };
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1];
  expect(bytes.toString().split(`--${boundary}`)).toEqual([
    '',
    '\r\nContent-Disposition: form-data; name="a %22b%22"\r\n\r\n1\r\n',
    '\r\nContent-Disposition: form-data; name="f"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n',
    '--\r\n',
  ]);
});
