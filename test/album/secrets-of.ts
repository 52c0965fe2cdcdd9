import { Secrets } from '../../src/album/secrets.js';

/** A password and the values of cookies, as a run knows them. */
export function secretsOf(password: string, ...cookies: readonly string[]): Secrets {
  const secrets = new Secrets();
  secrets.addPassword(password, ['kw']);
  for (const [index, value] of cookies.entries()) secrets.addUnlessWords(`c${index}`, value);
  return secrets;
}
