// A real OpenID Connect provider on loopback, for tests: whoever names themself is believed.
// usage: node provider.mjs '{"client_id": ..., "client_secret": ..., "returns_to": [...], "people": {"amy": {claims}}}'
import { createServer } from "node:http";
import Provider from "oidc-provider";

const told = JSON.parse(process.argv[2]);
const server = createServer();

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: told.client_id, client_secret: told.client_secret, redirect_uris: told.returns_to }],
    claims: { openid: ["sub", "groups"], profile: ["name", "preferred_username"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...told.people[sub] }) }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
