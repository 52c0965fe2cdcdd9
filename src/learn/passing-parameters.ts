const passing =
  /^(?:.*(?:sid|session|token|sig|signature|expires?|nonce|csrf|hmac).*|t|ts|_|v|ver|cb|time|rand|x-.*)$/i;

/** Whether the parameter of an address may differ from visit to visit, or with the time. */
export function isPassing(name: string): boolean {
  return passing.test(name);
}

/** An address without such parameters: the same whenever the page is loaded. */
export function withoutPassing(url: URL): string {
  const lasting = new URL(url);
  for (const name of [...lasting.searchParams.keys()]) {
    if (isPassing(name)) lasting.searchParams.delete(name);
  }
  return lasting.href;
}
