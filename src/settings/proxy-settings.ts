import { plainText } from '../text/plain-text.js';

/** A proxy, and the variable that names it. */
export interface ProxyAddress {
  /** Its address, perhaps with a user name and a password in it. */
  url: string;
  variable: string;
}

/** Which proxies to use. It can pass between threads. */
export interface ProxySettings {
  /** The proxy for addresses that begin with http:, if any. */
  http?: ProxyAddress;
  /** The proxy for addresses that begin with https:, if any. */
  https?: ProxyAddress;
  /** Hosts that are reached without a proxy, as NO_PROXY lists them. */
  except: string;
}

/**
 * Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY as curl does: the name in small letters
 * counts first, an empty value counts as not set, and an address without a scheme is one of http.
 *
 * @param problems gets a sentence for each variable that is not an address of a proxy
 */
export function readProxySettings(
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): ProxySettings {
  const known = new Map<string, ProxyAddress | undefined>();
  const proxyIn = (name: string): ProxyAddress | undefined => {
    if (!known.has(name)) known.set(name, readProxy(environment, name, problems));
    return known.get(name);
  };
  const proxyFor = (name: string) => proxyIn(name) ?? proxyIn('all_proxy');
  const [http, https] = [proxyFor('http_proxy'), proxyFor('https_proxy')];
  const except = environment.no_proxy || environment.NO_PROXY || '';
  return { ...(http && { http }), ...(https && { https }), except };
}

function readProxy(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  problems: string[],
): ProxyAddress | undefined {
  const variable = [name, name.toUpperCase()].find((spelling) => environment[spelling]?.trim());
  if (variable === undefined) return undefined;
  const text = environment[variable]?.trim() ?? '';
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { url, variable };
  const shown = plainText(text.replace(/^(.*\/\/)?.*@/, '$1…@'), 200);
  problems.push(
    `${variable} is ${JSON.stringify(shown)}; it takes the http or https address of a proxy, such as http://proxy.example:3128`,
  );
  return undefined;
}
