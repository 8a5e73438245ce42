// An OpenID provider for the tests: writes its issuer as the first line, then reads one line, the array of its clients
// as JSON. Whoever signs in gets the name they typed as their subject, and is in the group named by it.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline/promises';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;
process.stdout.write(`${issuer}\n`);

const input = createInterface({ input: process.stdin });
// Ends with the test that started it.
input.once('close', () => process.exit(0));
const [line] = await once(input, 'line');
const jwk = (type, options) => generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' });

const provider = new Provider(issuer, {
  clients: JSON.parse(line),
  jwks: { keys: [jwk('rsa', { modulusLength: 2048 }), jwk('ec', { namedCurve: 'P-256' })] },
  cookies: { keys: ['only for tests'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
  // As providers do that people's offices run: claims of scopes are in the id token.
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@acme.example`, email_verified: true, groups: [`${id}-group`] }),
  }),
});
provider.on('server_error', (_, error) => console.error(error));
provider.on('grant.error', (_, error) => console.error(error));
server.on('request', provider.callback());
