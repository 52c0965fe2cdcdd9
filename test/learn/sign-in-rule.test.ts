import { describe, expect, test } from '@jest/globals';
import { SignInError } from '../../src/errors.js';
import { proofRules } from '../../src/learn/sign-in-proof.js';
import { signInRules } from '../../src/learn/sign-in-rule.js';
import { signedOutRules } from '../../src/learn/signed-out-rule.js';
import { type Profile, profileSchema } from '../../src/profile/schema.js';
import { signedOutBy } from '../../src/profile/signed-out.js';
import { withLook } from './look-at.js';
import { anna, serveSite, type TestSite } from './sign-in-site.js';
import { signInSites } from './sign-in-sites.js';

function profileWith(signIn: unknown): Profile {
  const item = {
    row: '.photo',
    id: { select: 'a', attribute: 'href' },
    original: [{ select: 'a', attribute: 'href' }],
  };
  return profileSchema.parse({ name: 'learned', title: 'The site', signIn, item });
}

/** Learns to sign in to a site, signs in, and learns how that shows. */
function learnSignIn(site: TestSite, origin: string) {
  const albumUrl = origin + site.album;
  return withLook(
    albumUrl,
    async ({ look, visit }) => {
      const signedOut = await visit.fetchPage(albumUrl);
      const rules = await signInRules(signedOut, look, true);
      const [form] = rules ?? [];
      const rule = form?.rule as Record<string, unknown>;
      await visit.signIn(profileWith(rule));
      const signedIn = await visit.fetchPage(albumUrl);
      const [proof] = proofRules(signedIn, signedOut);
      const [ended] = signedOutRules(signedIn, signedOut);
      const whole = { ...rule, proof: proof?.rule, ...(ended && { signedOut: ended.rule }) };
      return { form, proof, ended, profile: profileWith(whole), signedIn, signedOut, albumUrl };
    },
    anna,
  );
}

describe('signs in to', () => {
  test.each(signInSites.map((site) => [site.name, site] as const))('%s', (_name, site) =>
    serveSite(site, async (origin, mistakes) => {
      const { form, proof, profile, signedIn, signedOut, albumUrl } = await learnSignIn(
        site,
        origin,
      );
      expect(form).toMatchObject({ place: 'signIn', rule: { by: 'form', ...site.learned } });
      expect(Object.keys(form?.rule as object).includes('button')).toBe('button' in site.learned);
      expect(form?.isUncertain).toBeUndefined();
      expect(proof?.rule).toMatchObject({ select: expect.stringContaining(site.proof) });
      expect(signedOutBy(signedIn, profile)).toBeUndefined();
      expect(mistakes).toEqual([]);
      await withLook(albumUrl, ({ visit }) => visit.signIn(profile), anna);
      const wrong = { ...anna, password: 'wrong' };
      const refused = withLook(albumUrl, ({ visit }) => visit.signIn(profile), wrong);
      await expect(refused).rejects.toThrow(SignInError);
      expect([signedOutBy(signedOut, profile), site.name]).not.toContain(undefined);
      expect(mistakes).toEqual([]);
    }),
  );
});
