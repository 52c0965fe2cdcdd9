import { isSecretLike } from './har/recorded-steps.js';

/** Names of parameters whose values may open something. */
const secretName = /token|auth|session|secret|key|sig|nonce|csrf|xsrf|jwt|ticket|^sid$|code/i;

/** An address as it is shown to a person: without the values of parameters that look like keys. */
export function shownAddress(address: string): string {
  return address.replace(/(?<=[?&;])([^=&;#]+)=([^&;#]+)/g, (all, name: string, value: string) =>
    secretName.test(name) && isSecretLike(value) ? `${name}=…` : all,
  );
}
