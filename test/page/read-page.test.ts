import { describe, expect, test } from '@jest/globals';
import { parseJsonText } from '../../src/page/json-text.js';
import { decodePage } from '../../src/page/read-page.js';

describe('a page', () => {
  const url = 'https://album.test/a/page.html';
  const page = (content: string | Buffer, contentType?: string) =>
    decodePage(Buffer.from(content as string), { url, contentType });
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const quoted = latin('\x93\x80\x94 caf\xe9');

  describe('the encoding of a page', () => {
    test.each([
      ['by the header', 'text/html; charset=iso-8859-1', quoted, '“€” café'],
      ['by another of its labels', 'text/html;charset="ASCII"', quoted, '“€” café'],
      ['koi8-r', 'text/html; charset=koi8-r', latin('\xd4'), 'т'],
      ['gbk', 'text/html; charset=gb2312', latin('\xb1\xb1\xba\xa3'), '北海'],
      ['big5', 'text/html; charset=big5', latin('\xa5_'), '北'],
      ['euc-kr', 'text/html; charset=ks_c_5601-1987', latin('\xc7\xd1'), '한'],
      ['euc-jp', 'text/html; charset=euc-jp', latin('\xcb\xcc'), '北'],
      ['iso-2022-jp', 'text/html; charset=iso-2022-jp', latin('\x1b$BKL\x1b(B'), '北'],
      ['utf-16', 'text/html; charset=utf-16', Buffer.from('北', 'utf16le'), '北'],
      ['x-user-defined', 'text/html; charset=x-user-defined', latin('\x80'), '\uf780'],
      [
        'a byte order mark before the header',
        'text/html; charset=latin1',
        Buffer.from('\ufeff北'),
        '北',
      ],
    ])('is known %s', (_what, type, bytes, text) => {
      expect(page(bytes, type).text).toBe(text);
    });

    test.each([
      '<meta charset=windows-1251>',
      '<?xml version="1.0" encoding="windows-1251"?><html>',
      '<meta charset="cp1251">',
      "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
      '<!-- <meta charset=utf-8> --><meta content="x; charset=windows-1251" http-equiv=content-type>',
      `<html><head><title>${'x'.repeat(900)}</title><meta charset="windows-1251">`,
    ])('is named by %s', (head) => {
      expect(page(Buffer.concat([latin(head), latin('\xe0')])).text).toBe(`${head}а`);
    });

    test('is named by a meta element also where few programs know it', () => {
      const bytes = Buffer.concat([latin('<meta charset=iso-2022-jp>'), latin('\x1b$BKL\x1b(B')]);
      expect(page(bytes).text).toBe('<meta charset=iso-2022-jp>北');
    });

    test.each(['hz-gb-2312', 'iso-2022-kr'])('%s is one that browsers do not read', (label) => {
      expect(page('text', `text/html; charset=${label}`).text).toBe('\ufffd');
    });

    test('is named by no text of JSON', () => {
      const json = '{"a":"<meta charset=koi8-r>é"}';
      expect(page(json, 'application/json').text).toBe(json);
      expect(page(json).text).toBe(json);
    });

    test('is not UTF-16 because a page that can be read says so', () => {
      expect(page('<meta charset=utf-16>ä').text).toBe('<meta charset=utf-16>ä');
    });

    test.each(['utf8mb4', 'none', 'uft-8', ''])('of the label %j is that of its bytes', (label) => {
      const type = `text/html; charset=${label}`;
      expect(page('Größe', type)).toMatchObject({ text: 'Größe', encoding: 'utf-8' });
      expect(page(quoted, type)).toMatchObject({ text: '“€” café', encoding: 'windows-1252' });
    });
  });

  describe('the type of a page', () => {
    test.each([
      [undefined, '<ul><li>1</ul>', true],
      ['html', '<ul><li>1</ul>', true],
      ['text/html', '{"a":1}', true],
      ['TEXT/HTML; charset=utf-8', 'x', true],
      ['application/xhtml+xml', '<html/>', true],
      ['text/plain', '<!DOCTYPE html><p>1', true],
      ['text/plain', '<ul><li>1</ul>', true],
      ['text/html, text/html; charset=utf-8', 'x', true],
      ['application/octet-stream', '\n <html>', true],
      ['text/plain', 'just text', false],
      ['text/plain', '{"a":1}', false],
      [undefined, '[1]', false],
      [undefined, ")]}'\n[1]", false],
      ['application/json', '<html>', false],
    ])('%s with %j is HTML: %s', (type, content, isHtml) => {
      expect(page(content, type).isHtml).toBe(isHtml);
    });

    test('an empty element of XHTML ends where it stands', () => {
      const content = '<html><body><div class="a"/><script src="x"/><p>text</p></body></html>';
      const { document } = page(content, 'application/xhtml+xml');
      expect(document('body > p').text()).toBe('text');
      expect(document('.a').children()).toHaveLength(0);
    });
  });

  describe('the base of the addresses on a page', () => {
    test.each([
      ['', url],
      ['<base target="_blank">', url],
      ['<base target="_blank"><base href="/b/"><base href="/c/">', 'https://album.test/b/'],
      ['<base href=" sub/ ">', 'https://album.test/a/sub/'],
      ['<base href="https://images.example/x/y">', 'https://images.example/x/y'],
      ['<base href="javascript:alert(1)">', url],
      ['<base href="data:,x">', url],
      ['<base href="http://[">', url],
      ['<base href="">', url],
    ])('with %s is %s', (head, base) => {
      expect(page(`<head>${head}</head>`).baseUrl).toBe(base);
    });
  });

  describe('a page that leads on by itself', () => {
    const refresh = (content: string, attribute = 'http-equiv="refresh"') =>
      page(`<head><meta ${attribute} content="${content}"></head>`).refreshUrl;

    test.each([
      ['0; url=next.html', 'https://album.test/a/next.html'],
      ['0;URL=/next', 'https://album.test/next'],
      [' 3 , url = &quot;/next&quot; ', 'https://album.test/next'],
      ["1;url='/next'x", 'https://album.test/next'],
      ['0.5; /next', 'https://album.test/next'],
      ['0 /next', 'https://album.test/next'],
      ['.5,/next', 'https://album.test/next'],
      ['0; url=https://other.example/', 'https://other.example/'],
      ['30; url=/next', undefined],
      ['0', undefined],
      ['0; url=', undefined],
      ['0; url=page.html', undefined],
      ['0; url=javascript:alert(1)', undefined],
      ['soon; url=/next', undefined],
    ])('with %j goes to %s', (content, target) => {
      expect(refresh(content)).toBe(target);
    });

    test('is one by its head alone, and not for those without scripts', () => {
      expect(refresh('0; url=/next', 'HTTP-EQUIV=Refresh')).toBe('https://album.test/next');
      const meta = '<meta http-equiv="refresh" content="0; url=/next">';
      expect(page(`<head><noscript>${meta}</noscript></head>`).refreshUrl).toBeUndefined();
      expect(page(`<body><p>text</p>${meta}</body>`).refreshUrl).toBeUndefined();
    });
  });
});

describe('a text in JSON', () => {
  test.each([
    ['{"a":1}'],
    ['\ufeff {"a":1}\n'],
    [')]}\'\n{"a":1}'],
    [')]}\',\n{"a":1}'],
    ['while(1);{"a":1}'],
    ['while(true);{"a":1}'],
    ['for (;;);{"a":1}'],
    ['&&&START&&&{"a":1}'],
    ['throw "no";\n{"a":1}'],
    ['// guard\n{"a":1}'],
    ['//{"a":1}'],
    ['/**/callback({"a":1});'],
    ['window.photos["x"]({"a":1})'],
  ])('%j is the JSON in it', (text) => {
    expect(parseJsonText(text)).toEqual({ a: 1 });
  });

  test('numbers come to their last digit', () => {
    const text =
      '{"id":12345678901234567890,"small":-9007199254740993,"price":1.10,"n":42,"e":1.5e3}';
    expect(parseJsonText(text)).toEqual({
      id: '12345678901234567890',
      small: '-9007199254740993',
      price: '1.10',
      n: 42,
      e: 1500,
    });
  });

  test('a name that comes twice has its last value, as browsers read it', () => {
    expect(parseJsonText('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(parseJsonText('{"a":1,"a":2.5}')).toEqual({ a: '2.5' });
  });

  test.each(['', 'null?', '<html>', ")]}'"])('%j is not JSON', (text) => {
    expect(() => parseJsonText(text)).toThrow(Error);
  });
});
