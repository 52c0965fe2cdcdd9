import { photos, type TestSite } from './sign-in-site.js';

const search =
  '<form action="/search"><input name="q" placeholder="Search"><button>Go</button></form>';
const newsletter =
  '<form method="post" action="/newsletter" id="newsletter"><input type="email" name="mail"><button>Subscribe</button></form>';
const album = (menu: string) =>
  `<!doctype html><title>Summer</title><nav>${menu}${search}</nav><h1>Summer</h1><ul class="album">${photos}</ul>`;
const signedOut = (content: string) => `<!doctype html><title>Site</title>${search}${content}`;

const drupal: TestSite = {
  name: 'Drupal: a refused page with a link to the form',
  album: '/gallery/summer',
  answer({ url, isSignedIn, visitor }) {
    if (isSignedIn) return album('<a href="/user/logout">Log out</a>');
    const menu =
      '<ul class="menu"><li><a href="/user/register">Create new account</a></li><li><a href="/user/login">Log in</a></li></ul>';
    if (url.pathname !== '/user/login') {
      return { status: 403, html: signedOut(`${menu}<h1>Access denied</h1>${newsletter}`) };
    }
    return signedOut(`${menu}<form class="user-login-form" action="/user/login" method="post" id="user-login-form">
      <label for="edit-name">Username</label><input type="text" id="edit-name" name="name" autocomplete="username">
      <label for="edit-pass">Password</label><input type="password" id="edit-pass" name="pass" autocomplete="current-password">
      <input type="hidden" name="form_build_id" value="form-${visitor}"><input type="hidden" name="form_id" value="user_login_form">
      <input type="submit" id="edit-submit" name="op" value="Log in"></form>${newsletter}`);
  },
  accepts: (path, posted, { visitor }) =>
    path === '/user/login' &&
    posted.get('form_build_id') === `form-${visitor}` &&
    posted.get('op') === 'Log in' &&
    posted.get('name') === 'anna',
  learned: { page: '/user/login', fields: { name: '{username}', pass: '{password}' } },
  proof: 'a[href*="logout"]',
};

const wordPress: TestSite = {
  name: 'WordPress: a redirect to wp-login.php',
  album: '/album/summer/',
  answer({ url, isSignedIn }) {
    if (isSignedIn) {
      return album(
        '<div id="wpadminbar"><li id="wp-admin-bar-logout"><a href="/wp-login.php?action=logout&amp;_wpnonce=9c3f">Log Out</a></li></div>',
      );
    }
    if (url.pathname !== '/wp-login.php')
      return { to: `/wp-login.php?redirect_to=%2Falbum%2Fsummer%2F&reauth=1` };
    return `<body class="login"><h1><a href="https://wordpress.org/">Powered by WordPress</a></h1>
      <form name="loginform" id="loginform" action="/wp-login.php" method="post">
      <p><input type="text" name="log" id="user_login" autocomplete="username"></p>
      <p><input type="password" name="pwd" id="user_pass" autocomplete="current-password">
      <button type="button" class="wp-hide-pw" aria-label="Show password"></button></p>
      <p><input name="rememberme" type="checkbox" value="forever"> Remember Me</p>
      <p><input type="submit" name="wp-submit" id="wp-submit" value="Log In"><input type="hidden" name="redirect_to" value="/album/summer/"><input type="hidden" name="testcookie" value="1"></p></form>
      <a href="/wp-login.php?action=lostpassword">Lost your password?</a>`;
  },
  accepts: (path, posted) =>
    path === '/wp-login.php' &&
    posted.get('wp-submit') === 'Log In' &&
    posted.get('testcookie') === '1' &&
    posted.get('log') === 'anna',
  learned: { page: '/wp-login.php', fields: { log: '{username}', pwd: '{password}' } },
  proof: 'a[href*="action=logout"]',
};

const django: TestSite = {
  name: 'Django: a registration form beside it, a token in page and cookie',
  album: '/albums/summer/',
  answer({ url, isSignedIn, visitor }) {
    if (isSignedIn) {
      return album(
        '<form id="logout-form" method="post" action="/accounts/logout/"><button type="submit">Log out</button></form>',
      );
    }
    if (url.pathname !== '/accounts/login/') return { to: '/accounts/login/?next=/albums/summer/' };
    const token = `<input type="hidden" name="csrfmiddlewaretoken" value="t-${visitor}">`;
    return signedOut(`<section><h2>Register</h2><form method="post" action="/accounts/register/">${token}
      <input name="username"><input name="email" type="email"><input name="password" type="password"><input name="password2" type="password"><button>Register</button></form></section>
      <section><h2>Login</h2><form method="post">${token}<input type="text" name="username" id="id_username" autofocus>
      <input type="password" name="password" id="id_password"><input type="submit" value="login"><input type="hidden" name="next" value="/albums/summer/"></form></section>`);
  },
  accepts: (path, posted, { visitor }) =>
    path === '/accounts/login/' &&
    posted.get('csrfmiddlewaretoken') === `t-${visitor}` &&
    posted.get('username') === 'anna',
  learned: { page: '/accounts/login/', fields: { username: '{username}', password: '{password}' } },
  proof: 'form[action*="logout"]',
};

const rails: TestSite = {
  name: 'Rails: an open page, its form behind “Sign in”, sign-up first',
  album: '/albums/4',
  answer({ url, isSignedIn, visitor }) {
    if (isSignedIn)
      return album('<a rel="nofollow" data-method="delete" href="/users/sign_out">Sign out</a>');
    const links =
      '<a href="/users/sign_up">Sign up</a> <a href="/users/sign_in">Sign in</a> <a href="/users/auth/google">Sign in with Google</a>';
    if (url.pathname === '/users/sign_up') {
      return signedOut(
        `${links}<form action="/users" method="post"><input name="user[email]"><input type="password" name="user[password]"><input type="password" name="user[password_confirmation]"><input type="submit" value="Sign up"></form>`,
      );
    }
    if (url.pathname !== '/users/sign_in') return album(links);
    return signedOut(`${links}<h2>Log in</h2><form class="new_user" id="new_user" action="/users/sign_in" method="post">
      <input type="hidden" name="authenticity_token" value="a-${visitor}"><input type="email" name="user[email]" id="user_email">
      <input type="text" name="user[nickname]" style="display:none" tabindex="-1">
      <input type="password" name="user[password]"><input name="user[remember_me]" type="hidden" value="0"><input type="checkbox" value="1" name="user[remember_me]">
      <input type="submit" name="commit" value="Log in"></form>`);
  },
  accepts: (path, posted, { visitor }) =>
    path === '/users/sign_in' &&
    posted.get('authenticity_token') === `a-${visitor}` &&
    posted.get('user[nickname]') === '' &&
    posted.get('commit') === 'Log in' &&
    posted.get('user[email]') === 'anna',
  learned: {
    page: '/users/sign_in',
    fields: { 'user[email]': '{username}', 'user[password]': '{password}' },
  },
  proof: 'a[href*="sign_out"]',
};

const webForms: TestSite = {
  name: 'ASP.NET: one form for search, sign-in and newsletter',
  album: '/Gallery.aspx',
  answer({ url, isSignedIn }) {
    const form = (
      content: string,
    ) => `<form name="aspnetForm" method="post" action="${url.pathname}${url.search}" id="aspnetForm">
      <input type="hidden" name="__EVENTTARGET" value=""><input type="hidden" name="__VIEWSTATE" value="/wEPDw==">
      <input name="ctl00$Search" type="text" id="ctl00_Search"><input type="submit" name="ctl00$SearchButton" value="Search">${content}</form>`;
    if (isSignedIn) {
      return form(
        `<a id="ctl00_LogoutLink" href="javascript:__doPostBack('ctl00$LogoutLink','')">Log out</a><ul>${photos}</ul>`,
      );
    }
    if (url.pathname !== '/Login.aspx') return { to: '/Login.aspx?ReturnUrl=%2fGallery.aspx' };
    return form(`<table id="ctl00_Main_Login1"><tr><td><input name="ctl00$Main$Login1$UserName" type="text"></td></tr>
      <tr><td><input name="ctl00$Main$Login1$Password" type="password"></td></tr>
      <tr><td><input type="checkbox" name="ctl00$Main$Login1$RememberMe"></td></tr>
      <tr><td><input type="submit" name="ctl00$Main$Login1$Forgot" value="Forgot password?"><input type="submit" name="ctl00$Main$Login1$LoginButton" value="Log In"></td></tr></table>
      <input type="text" name="ctl00$Mail"><input type="submit" name="ctl00$Subscribe" value="Subscribe">`);
  },
  accepts: (path, posted) =>
    path === '/Login.aspx' &&
    posted.get('__VIEWSTATE') === '/wEPDw==' &&
    posted.get('ctl00$Main$Login1$LoginButton') === 'Log In' &&
    !posted.has('ctl00$SearchButton') &&
    !posted.has('ctl00$Main$Login1$Forgot') &&
    posted.get('ctl00$Main$Login1$UserName') === 'anna',
  learned: {
    page: '/Login.aspx',
    fields: { ctl00$Main$Login1$UserName: '{username}', ctl00$Main$Login1$Password: '{password}' },
    form: 'form:has(input[name="ctl00$Main$Login1$Password"])',
    button: 'input[name="ctl00$Main$Login1$LoginButton"]',
  },
  proof: 'a[id$="_LogoutLink"]',
};

const codes = new Set<string>();
let codeCount = 0;
const keycloak: TestSite = {
  name: 'Keycloak: a redirect to an address that is good for once',
  album: '/photos/summer',
  answer({ url, isSignedIn }) {
    if (isSignedIn)
      return album('<div class="user-menu"><button class="user-menu-button">Anna</button></div>');
    if (!url.pathname.startsWith('/realms/')) {
      codeCount += 1;
      return {
        to: `/realms/home/protocol/openid-connect/auth?client_id=gallery&redirect_uri=%2F&state=st${codeCount}&nonce=n${codeCount}`,
      };
    }
    const state = url.searchParams.get('state');
    if (state === null)
      return { status: 400, html: signedOut('<p class="kc-feedback-text">Invalid request</p>') };
    codes.add(`c-${state}`);
    return `<form id="kc-locale"><select name="kc_locale"><option>en</option></select></form>
      <form id="kc-form-login" action="/realms/home/login-actions/authenticate?session_code=c-${state}&amp;tab_id=x" method="post">
      <input tabindex="2" id="username" name="username" type="text" autocomplete="username"><input tabindex="3" id="password" name="password" type="password" autocomplete="current-password">
      <button type="button" aria-label="Show password"></button><input type="checkbox" name="rememberMe">
      <a href="/realms/home/login-actions/reset-credentials">Forgot Password?</a>
      <input type="hidden" name="credentialId"><input name="login" id="kc-login" type="submit" value="Sign In"></form>
      <a href="/realms/home/broker/google/login">Google</a> <a href="/realms/home/login-actions/registration">Register</a>`;
  },
  accepts: (path, posted) =>
    codes.delete(/session_code=([\w-]+)/.exec(path)?.[1] ?? '') &&
    posted.get('login') === 'Sign In' &&
    posted.get('credentialId') === '' &&
    posted.get('username') === 'anna',
  learned: { page: '/photos/summer', fields: { username: '{username}', password: '{password}' } },
  proof: 'user-menu',
};

const mediaWiki: TestSite = {
  name: 'MediaWiki: a search form beside it',
  album: '/index.php/Category:Summer',
  answer({ url, isSignedIn, visitor }) {
    const find =
      '<form action="/index.php" id="searchform"><input type="search" name="search"><input type="submit" name="fulltext" value="Search"></form>';
    if (isSignedIn)
      return `${find}${album('<li id="pt-logout"><a href="/index.php?title=Special:UserLogout&amp;returnto=Category%3ASummer">Log out</a></li>')}`;
    const links =
      '<li id="pt-createaccount"><a href="/index.php?title=Special:CreateAccount&amp;returnto=X">Create account</a></li><li id="pt-login"><a href="/index.php?title=Special:UserLogin&amp;returnto=Category%3ASummer">Log in</a></li>';
    if (url.searchParams.get('title') !== 'Special:UserLogin') return `${find}${album(links)}`;
    return `${find}${links}<form name="userlogin" class="mw-htmlform" action="/index.php?title=Special:UserLogin&amp;returnto=Category:Summer" method="post">
      <input id="wpName1" name="wpName" autocomplete="username"><input id="wpPassword1" type="password" name="wpPassword" autocomplete="current-password">
      <input name="wpRemember" type="checkbox" value="1"><button id="wpLoginAttempt" type="submit" name="wploginattempt" value="Log in">Log in</button>
      <input type="hidden" name="wpLoginToken" value="${visitor}+\\"></form>`;
  },
  accepts: (path, posted, { visitor }) =>
    path.startsWith('/index.php?title=Special:UserLogin') &&
    posted.get('wpLoginToken') === `${visitor}+\\` &&
    posted.get('wploginattempt') === 'Log in' &&
    posted.get('wpName') === 'anna',
  learned: {
    page: '/index.php?title=Special:UserLogin',
    fields: { wpName: '{username}', wpPassword: '{password}' },
  },
  proof: 'a[href*="title=Special:UserLogout"]',
};

const dayCare: TestSite = {
  name: 'a day-care portal: three forms in tabs of its front page, in German',
  album: '/',
  answer({ isSignedIn }) {
    if (isSignedIn) return album('<a href="/abmelden.php">Abmelden</a>');
    return `<title>Kita Sonnenschein</title><img src="/logo.png" alt="Logo"><div id="tabs">
      <div id="registrieren"><form method="post" action="/registrieren.php"><input name="vorname"><input name="nachname"><input name="mail" type="email"><input type="password" name="kennwort"><button>Registrieren</button></form></div>
      <div id="vergessen" hidden><form method="post" action="/vergessen.php"><input name="mail" type="email"><button>Passwort zurücksetzen</button></form></div>
      <div id="anmelden" style="display:none"><form method="post" action="/anmelden.php"><input name="website" class="honeypot"><input name="benutzer"><input type="password" name="kennwort">
      <button name="aktion" value="hilfe">Passwort vergessen?</button><button name="aktion" value="anmelden">Anmelden</button></form></div></div>`;
  },
  accepts: (path, posted) =>
    path === '/anmelden.php' &&
    posted.get('aktion') === 'anmelden' &&
    posted.get('website') === '' &&
    posted.get('benutzer') === 'anna',
  learned: {
    page: '/',
    fields: { benutzer: '{username}', kennwort: '{password}' },
    button: 'button[name="aktion"][value="anmelden"]',
  },
  proof: 'a[href*="abmelden.php"]',
};

const albumPassword: TestSite = {
  name: 'an album with a password of its own, and no user',
  album: '/2014/05/summer/',
  answer({ isSignedIn }) {
    if (isSignedIn) return album('');
    return signedOut(`<article class="post-password-required"><form action="/wp-pass.php" class="post-password-form" method="post">
      <p>This content is password protected. To view it please enter your password below:</p>
      <input name="post_password" type="password" spellcheck="false"><input type="submit" name="Submit" value="Enter"></form></article>${newsletter}`);
  },
  accepts: (path, posted) => path === '/wp-pass.php' && posted.get('Submit') === 'Enter',
  learned: { page: '/2014/05/summer/', fields: { post_password: '{password}' } },
  proof: 'ul.album',
};

const fieldsOutside: TestSite = {
  name: 'fields outside of their form',
  album: '/album',
  answer({ url, isSignedIn }) {
    if (isSignedIn)
      return album('<button data-action="logout" class="logout">Déconnexion</button>');
    if (url.pathname !== '/connexion')
      return album('<button onclick="location.href=\'/connexion\'">Se connecter</button>');
    return signedOut(`<form id="connexion" method="post" action="/connexion"></form><form id="autre" method="post" action="/autre"></form>
      <input form="connexion" name="courriel" type="email"><input form="connexion" name="mdp" type="password"><button form="connexion">Se connecter</button>`);
  },
  accepts: (path, posted) => path === '/connexion' && posted.get('courriel') === 'anna',
  learned: {
    page: '/connexion',
    fields: { courriel: '{username}', mdp: '{password}' },
    form: 'form#connexion',
  },
  proof: 'button.logout',
};

/** Sites of many kinds of software, as far as signing in goes. */
export const signInSites: readonly TestSite[] = [
  drupal,
  wordPress,
  django,
  rails,
  webForms,
  keycloak,
  mediaWiki,
  dayCare,
  albumPassword,
  fieldsOutside,
];
