import { randomBytes } from 'node:crypto';

const cookieName = '.ASPXAUTH';

/** The sessions that are open on the site. */
export class Sessions {
  readonly #open = new Set<string>();

  /** Opens a session and returns its `Set-Cookie` header. */
  open(): string {
    const token = randomBytes(32).toString('hex').toUpperCase();
    this.#open.add(token);
    return `${cookieName}=${token}; path=/; HttpOnly`;
  }

  /** Whether a request's `Cookie` header carries an open session. */
  holds(cookie: string | undefined): boolean {
    const token = tokenOf(cookie);
    return token !== undefined && this.#open.has(token);
  }

  /** Ends the session of a `Cookie` header, if there is one; returns the header that clears it. */
  end(cookie: string | undefined): string {
    const token = tokenOf(cookie);
    if (token !== undefined) this.#open.delete(token);
    return `${cookieName}=; expires=Tue, 12-Oct-1999 00:00:00 GMT; path=/; HttpOnly`;
  }

  /** Ends all sessions, as the site does when they time out or its server restarts. */
  expireAll(): void {
    this.#open.clear();
  }
}

function tokenOf(cookie: string | undefined): string | undefined {
  return cookie
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
}
