// An OpenID provider that we did not write, so that our own cannot share our mistakes.
// Arguments: the service's public keys and its addresses, as JSON. First line of output: the issuer.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const service = JSON.parse(process.argv[2]);
const federal = (level) => `urn:be:fedict:iam:fas:Level${level}`;
const people = {
  lotte: { egovNRN: service.insz, givenName: "Lotte", surname: "De Wilg", prefLanguage: "nl" },
  numberless: { givenName: "Nobody", surname: "Known", prefLanguage: "fr" },
};

const makeKey = (type, options, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }),
  use: "sig",
  alg,
  kid: `independent-${alg}`,
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: service.clientId,
        jwks: service.jwks,
        redirect_uris: [service.callback],
        post_logout_redirect_uris: [service.home],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        id_token_signed_response_alg: "RS256",
        ...(service.signedUserinfo ? { userinfo_signed_response_alg: "ES256" } : {}),
      },
    ],
    jwks: {
      keys: [
        makeKey("rsa", { modulusLength: 2048 }, "RS256"),
        makeKey("ec", { namedCurve: "P-256" }, "ES256"),
      ],
    },
    cookies: { keys: ["made-up"] },
    scopes: ["openid", "profile", "egovnrn"],
    claims: {
      openid: ["sub"],
      profile: ["givenName", "surname", "prefLanguage"],
      egovnrn: ["egovNRN"],
      acr: null,
    },
    acrValues: [400, 450, 500].map(federal),
    clientAuthMethods: ["private_key_jwt"],
    enabledJWA: {
      idTokenSigningAlgValues: ["RS256"],
      userinfoSigningAlgValues: ["ES256"],
      clientAuthSigningAlgValues: ["ES256"],
    },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { url: (_, interaction) => `/choose/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    ttl: { AccessToken: 300, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
  });

  const choose = async (request, response) => {
    const { params } = await provider.interactionDetails(request, response);
    const asked = new URL(request.url, issuer).searchParams;
    if (!asked.has("account")) {
      response.end(`choose an account and a level for ${params.acr_values}`);
      return;
    }
    if (asked.get("account") === "nobody") {
      await provider.interactionFinished(request, response, { error: "access_denied" });
      return;
    }
    const accountId = asked.get("account");
    const grant = new provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    await provider.interactionFinished(request, response, {
      login: { accountId, acr: federal(asked.get("level")) },
      consent: { grantId: await grant.save() },
    });
  };

  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url.startsWith("/choose/")) return answer(request, response);
    return choose(request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  console.log(issuer);
});
