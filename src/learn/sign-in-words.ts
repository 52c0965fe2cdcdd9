import { anyOf, plainWords } from './plain-words.js';

const signInWords = [
  ...['sign in', 'signin', 'log in', 'login', 'log on', 'logon', 'userlogin', 'authenticate'],
  ...['anmelden', 'anmeldung', 'einloggen', 'connexion', 'se connecter', 'connectez vous'],
  ...['s identifier', 'identification', 'iniciar sesión', 'inicia sesión', 'acceder', 'ingresar'],
  ...['iniciar sessão', 'entrar', 'fazer login', 'inicia sessió', 'accedi', 'inloggen'],
  ...['aanmelden', 'logga in', 'inloggning', 'logg inn', 'log ind', 'kirjaudu', 'kirjaudu sisään'],
  ...['zaloguj', 'zaloguj się', 'logowanie', 'přihlásit', 'přihlásit se', 'přihlášení'],
  ...['prihlásiť', 'prihlásiť sa', 'prihlásenie', 'bejelentkezés', 'belépés', 'autentificare'],
  ...['conectare', 'intră în cont', 'вход', 'войти', 'вхід', 'увійти', 'влез', 'prijava'],
  ...['prijavi se', 'пријава', 'logi sisse', 'ieiet', 'pieslēgties', 'prisijungti', 'σύνδεση'],
  ...['είσοδος', 'giriş', 'giriş yap', 'oturum aç', 'تسجيل الدخول', 'دخول', 'התחבר', 'התחברות'],
  ...['כניסה', 'लॉग इन', 'เข้าสู่ระบบ', 'đăng nhập', 'masuk', 'log masuk', '登录', '登錄', '登入'],
  ...['ログイン', 'サインイン', '로그인'],
];

const otherPurposes = [
  ...['sign up', 'signup', 'register', 'registration', 'create account', 'create an account'],
  ...['join', 'createaccount', 'new account', 'subscribe', 'newsletter', 'contact'],
  ...['registrieren', 'registrierung', 'konto erstellen', 'konto anlegen', 's inscrire'],
  ...['inscription', 'créer un compte', 'registrarse', 'crear cuenta', 'registar', 'criar conta'],
  ...['registrati', 'crea account', 'registreren', 'account aanmaken', 'registrera', 'skapa konto'],
  ...['registrer', 'opprett konto', 'opret konto', 'rekisteröidy', 'luo tili', 'zarejestruj'],
  ...['rejestracja', 'registrovat', 'registrace', 'zaregistrovat', 'registrácia', 'regisztráció'],
  ...['înregistrare', 'регистрация', 'зарегистрироваться', 'реєстрація', 'registracija', 'εγγραφή'],
  ...[
    'kayıt',
    'üye ol',
    'تسجيل',
    'הרשמה',
    'đăng ký',
    'daftar',
    '注册',
    '註冊',
    '新規登録',
    '회원가입',
  ],
  ...['forgot', 'forgotten', 'lost password', 'lostpassword', 'reset', 'reset password', 'recover'],
  ...['new password', 'change password', 'confirm', 'vergessen', 'zurücksetzen', 'oublié'],
  ...['réinitialiser', 'olvidé', 'olvidado', 'restablecer', 'esqueci', 'recuperar', 'redefinir'],
  ...['dimenticata', 'reimposta', 'vergeten', 'glömt', 'glemt', 'unohtunut', 'zapomniałem'],
  ...['resetuj', 'zapomenuté', 'elfelejtett', 'забыли', 'восстановить', 'şifremi unuttum', '忘记'],
  ...['忘れ', 'unlock', 'delete', 'search', 'suche', 'recherche', 'buscar', 'cerca', 'zoeken'],
];

/** Ways to sign in that a form with a password is no part of. */
const elsewhere =
  /\b(?:google|facebook|apple|microsoft|github|twitter|linkedin|amazon|sso|saml|openid|passkey|webauthn|magic link)\b/;

const hasSpaces = (word: string) => !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(word);

function wholeWords(words: readonly string[]): RegExp {
  const spaced = anyOf(words.filter(hasSpaces));
  return new RegExp(
    `(?<![\\p{L}\\p{M}])(?:${spaced})(?![\\p{L}\\p{M}])|${anyOf(words.filter((word) => !hasSpaces(word)))}`,
    'u',
  );
}

const signIn = wholeWords(signInWords);
const others = wholeWords(otherPurposes);

/** Whether a label or an address names signing in with a password, and not with another site’s. */
export function namesSignIn(text: string): boolean {
  const words = plainWords(text);
  return signIn.test(words) && !elsewhere.test(words);
}

/** Whether a label or an address names what forms with a password are for beside signing in. */
export function namesOtherPurpose(text: string): boolean {
  return others.test(plainWords(text));
}
