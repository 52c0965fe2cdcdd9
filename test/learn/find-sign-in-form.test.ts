import { expect, test } from '@jest/globals';
import { findSignInForm } from '../../src/learn/find-sign-in-form.js';
import { Page } from '../../src/page/page.js';

const find = (text: string) => findSignInForm(new Page({ url: 'https://photos.example/', text }));

/** Forms as galleries and portals have them, with the names of their fields. */
const forms: readonly (readonly [string, string, string | undefined, string])[] = [
  [
    'Piwigo',
    '<form action="identification.php" method="post" name="login_form" class="properties"><fieldset><legend>Connection settings</legend><ul><li><input tabindex="1" type="text" name="username" id="username"></li><li><input type="password" name="password"></li><li><input type="checkbox" name="remember_me" value="1"></li></ul></fieldset><input type="hidden" name="redirect" value=""><input type="submit" name="login" value="Submit"></form><form action="qsearch.php"><input name="q"></form>',
    'username',
    'password',
  ],
  [
    'Coppermine',
    '<form action="login.php?referer=index.php" method="post" name="loginbox"><input type="text" class="textinput" name="username"><input type="password" class="textinput" name="password"><input name="remember_me" type="checkbox" value="1"><button type="submit" name="submitted" value="Login">OK</button></form>',
    'username',
    'password',
  ],
  [
    'Gallery 3',
    '<form action="/index.php/login/html" method="post" id="g-login-form"><input type="hidden" name="csrf" value="1a"><fieldset><legend>Login</legend><input type="text" name="name"><input type="password" name="password"><input type="submit" value="Login"></fieldset></form>',
    'name',
    'password',
  ],
  [
    'Zenphoto',
    '<form name="login" id="login" action="/admin.php" method="post"><input type="hidden" name="login" value="1"><input type="hidden" name="password" value="1"><fieldset><legend>Login</legend><input class="textfield" name="user" type="text"><input class="textfield" name="pass" type="password"></fieldset><button type="submit">Log in</button><button type="reset">Reset</button></form>',
    'user',
    'pass',
  ],
  [
    'Joomla',
    '<form action="/" method="post" id="login-form"><input name="username" type="text"><input name="password" type="password"><button type="button" class="input-password-toggle">Show Password</button><button type="submit" name="Submit">Log in</button><a href="/reset">Forgot your password?</a><input type="hidden" name="option" value="com_users"><input type="hidden" name="9f3c51aa0e4b4d1c8a7e6b5d4c3f2e1a" value="1"></form>',
    'username',
    'password',
  ],
  [
    'phpBB',
    '<form method="post" action="./ucp.php?mode=login" id="login"><h2 class="login-title">Login</h2><input type="text" name="username"><input type="password" name="password" autocomplete="off"><label><input type="checkbox" name="autologin">Remember me</label><input type="hidden" name="sid" value="ab"><input type="submit" name="login" value="Login"><h3>Register</h3></form>',
    'username',
    'password',
  ],
  [
    'Nextcloud without its scripts',
    '<form method="post" name="login"><fieldset><input type="text" name="user" autocomplete="username"><input type="password" name="password" autocomplete="current-password"><input type="submit" id="submit-form" value="Log in"><input type="hidden" name="requesttoken" value="x"></fieldset></form>',
    'user',
    'password',
  ],
  [
    'Moodle',
    '<form class="login-form" action="/login/index.php" method="post" id="login"><input type="hidden" name="logintoken" value="x"><input type="text" name="username"><input type="password" name="password"><button type="submit" id="loginbtn">Log in</button></form><form action="/login/index.php" method="post" id="guestlogin"><input type="hidden" name="username" value="guest"><input type="hidden" name="password" value="guest"><button type="submit">Access as a guest</button></form>',
    'username',
    'password',
  ],
  [
    'a portal with registration before it, of one form each',
    '<div class="signup"><form method="post" action="/signup"><input name="email"><input type="password" name="pw1" autocomplete="new-password"><button>Join</button></form></div><div class="signin"><form method="post" action="/session"><input name="email"><input type="password" name="pw" autocomplete="current-password"><button>Continue</button></form></div>',
    'email',
    'pw',
  ],
  [
    'a Czech portal with a field for the school',
    '<form method="post" action="/prihlaseni"><input name="skola" value="12"><input name="jmeno"><input type="password" name="heslo"><input type="submit" value="Přihlásit se"></form>',
    'jmeno',
    'heslo',
  ],
  [
    'a Japanese portal',
    '<form method="post" action="/auth"><input name="login_id"><input type="password" name="passwd"><button>ログイン</button></form><form method="post" action="/new"><input name="login_id"><input type="password" name="passwd2"><button>新規登録</button></form>',
    'login_id',
    'passwd',
  ],
];

test.each(forms)('finds the form of %s', (_name, html, username, password) => {
  expect(find(html)).toMatchObject({ username, password });
});

test.each([
  [
    'to delete an account',
    '<form method="post" action="/account/delete"><h2>Delete account</h2><input type="password" name="password"><button>Delete</button></form>',
  ],
  [
    'for Wi-Fi in hidden fields',
    '<form method="post"><input type="hidden" name="user"><input type="hidden" name="password"><button>Log in</button></form>',
  ],
  [
    'of a disabled field',
    '<form method="post"><input name="user"><input type="password" name="password" disabled><button>Log in</button></form>',
  ],
])('takes none %s', (_name, html) => {
  expect(find(html)).toBeUndefined();
});
