import { expect, test } from '@jest/globals';
import { readProxySettings } from '../../src/settings/proxy-settings.js';

test.each([
  [{}, { except: '' }],
  [{ HTTP_PROXY: '' }, { except: '' }],
  [
    { HTTP_PROXY: 'http://a:1' },
    { http: { url: 'http://a:1', variable: 'HTTP_PROXY' }, except: '' },
  ],
  [
    { HTTP_PROXY: 'http://a:1', http_proxy: 'http://b:2' },
    { http: { url: 'http://b:2', variable: 'http_proxy' }, except: '' },
  ],
  [
    { HTTP_PROXY: 'a.example:3128', NO_PROXY: 'b.example' },
    { http: { url: 'http://a.example:3128', variable: 'HTTP_PROXY' }, except: 'b.example' },
  ],
  [
    { ALL_PROXY: 'http://a:1', https_proxy: 'https://b:2', no_proxy: 'c', NO_PROXY: 'd' },
    {
      http: { url: 'http://a:1', variable: 'ALL_PROXY' },
      https: { url: 'https://b:2', variable: 'https_proxy' },
      except: 'c',
    },
  ],
])('%j', (environment, settings) => {
  const problems: string[] = [];
  expect(readProxySettings(environment, problems)).toEqual(settings);
  expect(problems).toEqual([]);
});

test.each([
  [{ HTTP_PROXY: 'http://' }, 'HTTP_PROXY is "http://"; '],
  [{ https_proxy: 'http://a:port' }, 'https_proxy is "http://a:port"; '],
  [{ ALL_PROXY: 'socks5://a:1080' }, 'ALL_PROXY is "socks5://a:1080"; '],
  [{ HTTP_PROXY: 'ftp://anna:s3cret@a' }, 'HTTP_PROXY is "ftp://…@a"; '],
  [{ HTTP_PROXY: 'anna:s3:cr@et@a:port' }, 'HTTP_PROXY is "…@a:port"; '],
])('%j is a problem, said once and without a password', (environment, begin) => {
  const problems: string[] = [];
  readProxySettings(environment, problems);
  expect(problems).toEqual([
    `${begin}it takes the http or https address of a proxy, such as http://proxy.example:3128`,
  ]);
});
