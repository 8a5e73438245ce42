/** Passkey ceremonies. The server's options and the browser's answers are both WebAuthn Level 3 JSON. */

/** The person closed the prompt, or it ran out. Not a fault. */
export class CeremonyCancelled extends Error {
  constructor() {
    super('The passkey prompt was closed before it was finished.');
    this.name = 'CeremonyCancelled';
  }
}

export function passkeysSupported(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  );
}

export async function createPasskey(options: unknown): Promise<string> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  return asJson(await ceremony(() => navigator.credentials.create({ publicKey })));
}

export async function askPasskey(options: unknown): Promise<string> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  return asJson(await ceremony(() => navigator.credentials.get({ publicKey })));
}

async function ceremony(run: () => Promise<Credential | null>): Promise<Credential> {
  try {
    const credential = await run();
    if (credential) return credential;
  } catch (error) {
    if (!(error instanceof DOMException) || (error.name !== 'NotAllowedError' && error.name !== 'AbortError'))
      throw error;
  }
  throw new CeremonyCancelled();
}

const asJson = (credential: Credential) => JSON.stringify((credential as PublicKeyCredential).toJSON());
