import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate with its key, in PEM. */
export interface Certificate {
  key: string;
  cert: string;
  /** Path of the certificate. */
  path: string;
}

/** How a certificate differs from the usual one, which is valid and for 127.0.0.1. */
interface CertificateChange {
  /** A subjectAltName. */
  name?: string;
  /** Days from now to its end; negative where it has ended. */
  days?: number;
  issuer?: Certificate;
}

let serial = 0;

/** Has OpenSSL make a certificate in a folder. */
export function makeCertificate(
  folder: string,
  { name = 'IP:127.0.0.1', days = 2, issuer }: CertificateChange = {},
): Certificate {
  serial += 1;
  const at = (extension: string) => join(folder, `${serial}.${extension}`);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at('key'));
  openssl('req', '-new', '-key', at('key'), '-subj', `/CN=test ${serial}`, '-out', at('csr'));
  writeFileSync(
    at('ext'),
    `subjectAltName=${name}\nbasicConstraints=CA:${issuer ? 'FALSE' : 'TRUE'}`,
  );
  const signer = issuer
    ? ['-CA', issuer.path, '-CAkey', issuer.path.replace(/pem$/, 'key'), '-set_serial', `${serial}`]
    : ['-signkey', at('key')];
  const end = ['-days', String(days), '-extfile', at('ext'), '-out', at('pem')];
  openssl('x509', '-req', '-in', at('csr'), ...signer, ...end);
  const read = (extension: string) => readFileSync(at(extension), 'utf8');
  return { key: read('key'), cert: read('pem'), path: at('pem') };
}
