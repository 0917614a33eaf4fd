/** Passkeys, between the server's JSON and the browser's bytes. What a passkey computes for us (PRF) never leaves the page. */

import { b64, random, unb64 } from "../../sealed";

type Json = Record<string, unknown>;
type Named = { id: string; type: PublicKeyCredentialType };
type Prf = { enabled?: boolean; results?: { first?: BufferSource } };

/** A passkey that opens the officer's identity, as the server keeps it. */
export interface Unlocker {
  credential: string;
  salt: string;
  blob: string;
}

/** What the server wants made, in its own JSON. */
export interface ToMake {
  challenge: string;
  rp: PublicKeyCredentialRpEntity;
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: PublicKeyCredentialParameters[];
  excludeCredentials?: Named[];
}

/** What the server wants shown. */
export interface ToShow {
  challenge: string;
  rpId: string;
  allowCredentials?: Named[];
}

/** A passkey that was made: for the server, and whether it can compute. */
export interface Made {
  credential: Json;
  name: string;
  computes: boolean;
}

/** Whether this browser, at this address, knows passkeys. An address of digits has no name to bind one to. */
export function isPossible(): boolean {
  const named = !/^[\d.]+$|:/.test(location.hostname);
  return named && isSecureContext && typeof PublicKeyCredential === "function";
}

/** Make one; throws what the browser throws when the officer says no. */
export async function make(asked: ToMake): Promise<Made> {
  const found = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(asked.challenge),
      rp: asked.rp,
      user: { ...asked.user, id: bytes(asked.user.id) },
      pubKeyCredParams: asked.pubKeyCredParams,
      excludeCredentials: described(asked.excludeCredentials),
      authenticatorSelection: { userVerification: "required", residentKey: "discouraged" },
      extensions: { prf: {} } as AuthenticationExtensionsClientInputs,
    },
  });
  const made = found as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  const credential = told(made, { attestationObject: text(response.attestationObject) });
  return { credential, name: text(made.rawId), computes: prfOf(made).enabled === true };
}

/** Show one; the server's answer says whether it was the right one. */
export async function show(asked: ToShow): Promise<Json> {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(asked.challenge),
      rpId: asked.rpId,
      allowCredentials: described(asked.allowCredentials),
      userVerification: "required",
    },
  });
  const shown = found as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return told(shown, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
  });
}

/** A fresh question to a passkey: 32 random bytes. */
export function question(): string {
  return b64(random(32));
}

/** What a passkey computes from its own question: the same 32 bytes every time, for this house only. */
export async function compute(
  asked: { credential: string; salt: string }[],
): Promise<{ credential: string; output: Uint8Array }> {
  const questions = asked.map(({ credential, salt }) => [credential, { first: bytes(salt) }]);
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(question()),
      allowCredentials: described(asked.map(({ credential }) => ({ id: credential, type: "public-key" }))),
      userVerification: "required",
      extensions: {
        prf: { evalByCredential: Object.fromEntries(questions) },
      } as AuthenticationExtensionsClientInputs,
    },
  });
  const shown = found as PublicKeyCredential;
  const first = prfOf(shown).results?.first;
  if (!first) throw new Error("The passkey computed nothing");
  return { credential: text(shown.rawId), output: new Uint8Array(first as ArrayBuffer) };
}

function prfOf(found: PublicKeyCredential): Prf {
  return (found.getClientExtensionResults() as { prf?: Prf }).prf ?? {};
}

function told(found: PublicKeyCredential, more: Json): Json {
  const clientDataJSON = text(found.response.clientDataJSON);
  const name = text(found.rawId);
  return { id: name, rawId: name, type: found.type, response: { clientDataJSON, ...more } };
}

function described(named: Named[] | undefined): PublicKeyCredentialDescriptor[] {
  return (named ?? []).map(({ id, type }) => ({ id: bytes(id), type }));
}

function bytes(written: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(unb64(written));
}

function text(buffer: ArrayBuffer): string {
  return b64(new Uint8Array(buffer));
}
