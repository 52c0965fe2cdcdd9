import type { Exchange } from './exchange.js';
import { bodyLeaves, type RequestLeaf } from './request-leaves.js';

/** What a person typed to sign in, as the recording has it. */
export interface TypedAccount {
  /** The request that sent the password, and was not refused. */
  exchange: Exchange;
  username: string | undefined;
  password: string;
  /** One-time codes. */
  codes: readonly string[];
}

const passwordName =
  /pass(?!port|ive|enger)|pwd|^pw$|kennwort|contrase|^senha$|^parola|wachtwoord|^heslo|has[lł]o$|adgangskode|l[oö]senord|^secret$|^pin$/i;
const usernameName =
  /user|e-?mail|login|account|konto|benutzer|usuario|utente|identifi|gebruiker|anmelde|member|phone|mobile|kunde|^(?:name|uid|nick\w*|log)$/i;
const codeName =
  /(?:^|[_-])(?:code|otp|totp|mfa|pin|tfa|2fa)|code$|otp|totp|twofactor|verification|one.?time|passcode$/i;

const lastName = ({ path }: RequestLeaf) => path.at(-1) ?? '';
/** Names that belong to how a form works, rather than to a person. */
const technicalName =
  /token|csrf|nonce|viewstate|redirect|return|client|grant|remember|action|submit|button|type|method/i;

/** Whether a field is one for a password, by its name. */
export function isPasswordField(name: string): boolean {
  return passwordName.test(name) && !codeName.test(name) && !/type|hint|forgot|reset/i.test(name);
}

/** Finds what was typed to sign in; undefined where the recording has no sign-in. */
export function typedAccount(exchanges: readonly Exchange[]): TypedAccount | undefined {
  const sends = exchanges.flatMap((exchange) => {
    if (exchange.method !== 'POST' && exchange.method !== 'PUT') return [];
    const leaves = bodyLeaves(exchange);
    const password = leaves.find((leaf) => isPasswordField(lastName(leaf)) && leaf.value !== '');
    return password === undefined ? [] : [{ exchange, leaves, password }];
  });
  const good = sends.filter(({ exchange }) => exchange.status < 400 && !asksAgain(exchange));
  const last = good.at(-1) ?? sends.at(-1);
  if (last === undefined) return undefined;
  const { exchange, leaves, password } = last;
  const earlier = exchanges.filter(
    ({ place, method }) => place < exchange.place && method === 'POST',
  );
  const username =
    named(leaves)?.value ??
    earlier.map((one) => named(bodyLeaves(one))?.value).findLast(Boolean) ??
    beside(leaves, password)?.value;
  return { exchange, username, password: password.value, codes: codesIn(exchanges) };
}

/** Whether an answer is a page that asks for the password, as after a wrong one. */
function asksAgain({ page }: Exchange): boolean {
  return page?.isHtml === true && page.document('input[type="password"]').length > 0;
}

/** What a person may have typed beside a password. */
function typedIn(leaves: readonly RequestLeaf[]): RequestLeaf[] {
  return leaves.filter((leaf) => {
    const name = lastName(leaf);
    return (
      leaf.value !== '' &&
      leaf.value.length <= 200 &&
      !isPasswordField(name) &&
      !technicalName.test(name)
    );
  });
}

/** The name of a user, by the name of its field. */
function named(leaves: readonly RequestLeaf[]): RequestLeaf | undefined {
  const found = typedIn(leaves).filter((leaf) => usernameName.test(lastName(leaf)));
  return found.find(({ value }) => value.includes('@')) ?? found[0];
}

/** The name of a user where its field is called otherwise: the only one beside the password's. */
function beside(leaves: readonly RequestLeaf[], password: RequestLeaf): RequestLeaf | undefined {
  const around = JSON.stringify(password.path.slice(0, -1));
  const found = typedIn(leaves).filter(({ path }) => JSON.stringify(path.slice(0, -1)) === around);
  return (
    found.find(({ value }) => value.includes('@')) ?? (found.length === 1 ? found[0] : undefined)
  );
}

function codesIn(exchanges: readonly Exchange[]): string[] {
  const posted = exchanges.filter(({ method }) => method === 'POST').flatMap(bodyLeaves);
  const codes = posted.filter(
    (leaf) => codeName.test(lastName(leaf)) && /^\d{4,8}$/.test(leaf.value.replace(/[\s-]/g, '')),
  );
  return codes.map(({ value }) => value);
}

/** Whether a request sends one of the codes. */
export function sendsCode(exchange: Exchange, codes: readonly string[]): boolean {
  return (
    exchange.method === 'POST' && bodyLeaves(exchange).some(({ value }) => codes.includes(value))
  );
}

/** Whether a request sends the user's name, as where it is asked for before the password. */
export function sendsUsername(exchange: Exchange, username: string | undefined): boolean {
  return (
    username !== undefined &&
    exchange.method === 'POST' &&
    bodyLeaves(exchange).some(
      (leaf) => leaf.value === username && usernameName.test(lastName(leaf)),
    )
  );
}
