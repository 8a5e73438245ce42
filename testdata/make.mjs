// Makes the vectors of this folder with Node's crypto: a second implementation of our formats, written from
// docs/formats alone. Run: node testdata/make.mjs
import { createCipheriv, createECDH, createHash, createHmac, createPrivateKey, createPublicKey, pbkdf2Sync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const text = (s) => Buffer.from(s, 'utf8');
const id = (s) => Buffer.from(s.replaceAll('-', ''), 'hex');
const bytes = (from, count) => Buffer.from(Array.from({ length: count }, (_, i) => (from + i) & 255));
const sha256 = (b) => createHash('sha256').update(b).digest();
const hmac256 = (key, b) => createHmac('sha256', key).update(b).digest();
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const u16 = (n) => { const b = Buffer.alloc(2); b.writeUInt16BE(n); return b; };
const save = (name, value) => writeFileSync(new URL(name, here), JSON.stringify(value, null, 2) + '\n');

// --- c2sp.org/chunked-encryption with SHA-512 and AES-256-GCM ---

function chunkedEncryption(key, salt, context, message) {
  const info = Buffer.concat([text('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0'), salt, context]);
  const t1 = createHmac('sha512', key).update(Buffer.concat([info, Buffer.of(1)])).digest();
  const t2 = createHmac('sha512', key).update(Buffer.concat([t1, info, Buffer.of(2)])).digest();
  const derived = Buffer.concat([t1, t2]);
  const [aeadKey, baseNonce, commitment] = [derived.subarray(0, 32), derived.subarray(32, 44), derived.subarray(44, 76)];
  const parts = [salt, commitment];
  for (let chunk = 0; ; chunk++) {
    const plain = message.subarray(chunk * 16384, (chunk + 1) * 16384);
    const nonce = Buffer.from(baseNonce);
    u64(chunk).forEach((b, i) => { nonce[4 + i] ^= b; });
    const cipher = createCipheriv('aes-256-gcm', aeadKey, nonce);
    parts.push(cipher.update(plain), cipher.final(), cipher.getAuthTag());
    if (plain.length < 16384) return Buffer.concat(parts);
  }
}

// --- docs/formats/sealed-record.md ---

function recordContext(c) {
  const fields = [text('cofferdam/record@1'), Buffer.of(1), id(c.lab), id(c.project), Buffer.of(c.kind), id(c.record), u64(c.version), id(c.key)];
  return Buffer.concat(fields.flatMap((f) => [Buffer.of(f.length), f]));
}

function sealedRecord(context, projectKey, salt, plaintext, times) {
  const contextBytes = recordContext(context);
  const body = chunkedEncryption(projectKey, salt, contextBytes, text(plaintext.repeat(times)));
  const sealed = Buffer.concat([text('CFD1'), Buffer.of(1, 1), id(context.lab), id(context.key), u16(contextBytes.length), contextBytes, body]);
  return {
    context, contextBytes: contextBytes.toString('hex'), projectKey: projectKey.toString('hex'), plaintext, times,
    sealed: sealed.toString('hex'), contentId: sha256(body).toString('hex'),
  };
}

const lab = '0194b2a0-1111-7000-8000-000000000001';
const project = '0194b2a0-2222-7000-8000-000000000002';
const key = '0194b2a0-3333-7000-8000-000000000003';
const item = { lab, project, kind: 5, record: '0194b2a0-4444-7000-8000-000000000004', version: 1, key };
const kek = bytes(0x40, 32);
const wrapContext = text('project key 1');

save('sealed-record.json', {
  note: 'docs/formats/sealed-record.md. Hexadecimal. The plaintext is "plaintext" repeated "times" times.',
  records: [
    sealedRecord(item, bytes(0, 32), bytes(0x80, 24), '{"v":1,"prompt":"Which is kinder?"}', 1),
    sealedRecord({ ...item, version: 258, project: '00000000-0000-0000-0000-000000000000' }, bytes(1, 32), bytes(0x90, 24), '', 1),
    sealedRecord({ ...item, kind: 6, version: 2 }, bytes(2, 32), bytes(0xa0, 24), '0123456789abcdef', 1025),
  ],
  wrappedKey: {
    kek: kek.toString('hex'), context: wrapContext.toString('hex'), key: bytes(0x20, 32).toString('hex'),
    wrapped: chunkedEncryption(kek, bytes(0xb0, 24), Buffer.concat([text('cofferdam/key-wrap@1\0'), wrapContext]), bytes(0x20, 32)).toString('hex'),
  },
});

// --- docs/formats/sealed-record.md, "Key file", "Under a root key", "Recovery key" ---

function keyFile2(lab, root, passphrase, salt, wrapSalt) {
  const header = Buffer.concat([text('CFDK'), Buffer.of(2), id(lab), u32(600_000), salt]);
  const derived = pbkdf2Sync(passphrase, salt, 600_000, 32, 'sha512');
  const whole = Buffer.concat([header, chunkedEncryption(derived, wrapSalt, Buffer.concat([text('cofferdam/key-wrap@1\0'), header]), root)]);
  return Buffer.concat([whole, sha256(whole).subarray(0, 8)]);
}

function committedKey(custodian, lab, root, context, key) {
  const field = (b) => Buffer.concat([u32(b.length), b]);
  const binding = sha256(Buffer.concat([text('cofferdam/root-wrap@1\0'), field(text(custodian)), field(id(lab)), field(text(root)), field(context)]));
  return { binding, packed: Buffer.concat([key, sha256(Buffer.concat([text('cofferdam/key-commitment@1\0'), binding, key]))]) };
}

// GF(2^8) by tables, generator 3.
const exp = new Uint8Array(510);
const log = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  exp[i] = exp[i + 255] = x;
  log[x] = i;
  x ^= (x << 1) ^ (x & 0x80 ? 0x11b : 0);
}
const multiply = (a, b) => (a && b ? exp[log[a] + log[b]] : 0);

function crockford(b) {
  const bits = [...b].map((v) => v.toString(2).padStart(8, '0')).join('');
  return bits.match(/.{1,5}/g).map((g) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[parseInt(g.padEnd(5, '0'), 2)]).join('');
}

function recoveryShare(secret, coefficients, threshold, index, fingerprint) {
  const payload = Buffer.from(secret.map((s, i) => coefficients.reduce((sum, c, power) => {
    let x = c[i];
    for (let n = 0; n <= power; n++) x = multiply(x, index);
    return sum ^ x;
  }, s)));
  const check = sha256(Buffer.concat([text('cofferdam/recovery-share@1\0'), Buffer.of(threshold, index), fingerprint, payload])).subarray(0, 5);
  return `CFR1-${threshold}-${index}-${fingerprint.toString('hex')}-${(crockford(payload) + crockford(check)).match(/.{1,4}/g).join('-')}`;
}

const recovery = createECDH('prime256v1');
recovery.setPrivateKey(bytes(0x11, 32));
const recoverySpki = Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'), recovery.getPublicKey()]);
const committed = committedKey('pkcs11', lab, '0194b2a0-5555-7000-8000-000000000005', text('lab key 1'), bytes(0x40, 32));

save('custody.json', {
  note: 'docs/formats/sealed-record.md: key file, committed key, recovery shares (any 3 of the 5). Hexadecimal, but for texts.',
  keyFile: { lab, passphrase: 'Fünf Deiche, ein Siel', root: bytes(0x60, 32).toString('hex'), file: keyFile2(lab, bytes(0x60, 32), 'Fünf Deiche, ein Siel', bytes(0x80, 32), bytes(0xb0, 24)).toString('hex') },
  committedKey: {
    custodian: 'pkcs11', lab, root: '0194b2a0-5555-7000-8000-000000000005', context: text('lab key 1').toString('hex'), key: bytes(0x40, 32).toString('hex'),
    binding: committed.binding.toString('hex'), packed: committed.packed.toString('hex'),
  },
  recovery: {
    privateKey: bytes(0x11, 32).toString('hex'), publicKey: recoverySpki.toString('hex'),
    shares: [1, 2, 3, 4, 5].map((i) => recoveryShare(bytes(0x11, 32), [bytes(0xc0, 32), bytes(0x21, 32)], 3, i, sha256(recoverySpki).subarray(0, 8))),
  },
});

// --- docs/formats/receipt.md ---

const process = '0194b2a0-5555-7000-8000-000000000005';
const pseudonym = '0194b2a0-6666-7000-8000-000000000006';
const slot = '0194b2a0-7777-7000-8000-000000000007';
const session = '0194b2a0-8888-7000-8000-000000000008';
const suspension = '0194b2a0-9999-7000-8000-000000000009';
const section = '0194b2a0-aaaa-7000-8000-00000000000a';
const b64 = (b) => b.toString('base64');
const after = { epoch: 0, process, build: '0.1.0+3f2c1ab', evaluation: true };
const receipts = [
  {
    time: '2026-11-22T10:00:00.000000Z', act: 'start',
    what: { v: 1, lab, ...after }, who: { v: 1, kind: 'service', pseudonym: '00000000-0000-0000-0000-000000000000', proof: 'asserted' },
  },
  {
    time: '2026-11-22T10:00:00.123456Z', act: 'open',
    what: {
      v: 1, lab, project, purpose: 'task',
      records: [['item', item.record, 1, b64(sha256(text('a'))), 1024, false], ['guidelineSection', section, 3, b64(sha256(text('b'))), 900, true]],
      budgetAfter: 399, ...after,
    },
    who: { v: 1, kind: 'person', pseudonym, proof: 'asserted', assignment: slot, session },
  },
  {
    time: '2026-11-22T10:00:01.000001Z', act: 'suspend',
    what: {
      v: 1, lab, project,
      suspension: { id: suspension, scope: 'person', scopeId: pseudonym, reason: 'qualityQuestion', until: '2026-11-23T00:00:00.000000Z', lastDisclosure: 1 },
      ...after, epoch: 1,
    },
    who: { v: 1, kind: 'person', pseudonym: slot, proof: 'asserted', session },
  },
  {
    time: '2026-11-22T10:00:02.000000Z', act: 'refuse',
    what: {
      v: 1, lab, project, purpose: 'task', refusal: 'suspended', asked: [item.record],
      suspension: { id: suspension, scope: 'person', scopeId: pseudonym, reason: 'qualityQuestion' }, ...after, epoch: 1,
    },
    who: { v: 1, kind: 'person', pseudonym, proof: 'asserted', assignment: slot, session },
  },
  {
    time: '2026-11-22T10:00:03.000000Z', act: 'seal',
    what: { v: 1, lab, project, sealRoot: b64(sha256(text('root'))), actId: section, ...after, epoch: 1 },
    who: { v: 1, kind: 'person', pseudonym, proof: 'asserted', session },
  },
];

const saltKey = bytes(0x60, 32);
const entries = receipts.map(({ time, act, what, who }, seq) => {
  const salt = hmac256(saltKey, u64(seq));
  const [w, o] = [text(JSON.stringify(what)), text(JSON.stringify(who))];
  const commit = (label, part) => b64(hmac256(salt, Buffer.concat([text(`cofferdam/receipt/${label}@1\0`), part])));
  const leaf = JSON.stringify({ v: 1, seq, time, act, what: commit('what', w), who: commit('who', o) });
  return { leaf, what: w.toString(), who: o.toString(), salt: b64(salt) };
});

// RFC 6962 §2.1.
function root(leaves) {
  if (leaves.length === 1) return sha256(Buffer.concat([Buffer.of(0), leaves[0]]));
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.concat([Buffer.of(1), root(leaves.slice(0, k)), root(leaves.slice(k))]));
}

save('receipt.json', {
  note: 'docs/formats/receipt.md. A whole ledger; leaf, what and who are the canonical bytes as text, salt and root base64, saltKey hexadecimal.',
  saltKey: saltKey.toString('hex'), entries, size: entries.length, root: b64(root(entries.map((e) => text(e.leaf)))),
});

// --- docs/formats/delivery-package.md ---

const hkdf = {
  extract: (salt, material) => hmac256(salt, material),
  expand: (prk, info, length) => {
    let [output, block] = [Buffer.alloc(0), Buffer.alloc(0)];
    for (let i = 1; output.length < length; i++) {
      block = hmac256(prk, Buffer.concat([block, info, Buffer.of(i)]));
      output = Buffer.concat([output, block]);
    }
    return output.subarray(0, length);
  },
};

// RFC 9180, base mode, export only. The ephemeral key is fixed here, as it must never be elsewhere.
function hpkeSendExport(ephemeral, recipientPoint, info, exporterContext, length) {
  const labeled = (suite) => ({
    extract: (salt, label, material) => hkdf.extract(salt, Buffer.concat([text('HPKE-v1'), suite, text(label), material])),
    expand: (prk, label, inf, n) => hkdf.expand(prk, Buffer.concat([u16(n), text('HPKE-v1'), suite, text(label), inf]), n),
  });
  const none = Buffer.alloc(0);
  const encapsulated = ephemeral.getPublicKey();
  const kem = labeled(Buffer.concat([text('KEM'), u16(0x0010)]));
  const prk = kem.extract(none, 'eae_prk', ephemeral.computeSecret(recipientPoint));
  const shared = kem.expand(prk, 'shared_secret', Buffer.concat([encapsulated, recipientPoint]), 32);
  const suite = labeled(Buffer.concat([text('HPKE'), u16(0x0010), u16(0x0001), u16(0xffff)]));
  const context = Buffer.concat([Buffer.of(0), suite.extract(none, 'psk_id_hash', none), suite.extract(none, 'info_hash', info)]);
  const exporter = suite.expand(suite.extract(shared, 'secret', none), 'exp', context, 32);
  return { encapsulated, secret: suite.expand(exporter, 'sec', exporterContext, length) };
}

function tar(files) {
  const blocks = files.flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    const put = (at, s) => header.write(s, at, 'latin1');
    put(0, name);
    put(100, '0000644\0');
    put(108, '0000000\0');
    put(116, '0000000\0');
    put(124, content.length.toString(8).padStart(11, '0') + ' ');
    put(136, '00000000000 ');
    put(148, '        ');
    put(156, '0');
    put(257, 'ustar\x0000');
    put(148, header.reduce((sum, b) => sum + b, 0).toString(8).padStart(6, '0') + '\0 ');
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const rows = ['{"prompt":"a","chosen":"b","rejected":"c"}', '{"prompt":"d","chosen":"e","rejected":"f"}'];
const content = text(rows.map((row) => row + '\n').join(''));
const file = {
  name: 'data/preference/train.jsonl', bytes: content.length, sha256: sha256(content).toString('hex'),
  rows: rows.length, rowsRoot: b64(root(rows.map(text))),
};
const facts = {
  id: section, created: '2026-11-22T10:00:00+00:00', lab, project, shape: 'trl-preference', guidelineVersions: [1], formVersions: [1],
  aggregation: 'majority', modelsUsed: [], ledger: { size: entries.length, root: b64(root(entries.map((e) => text(e.leaf)))) },
  receipts: { first: 1, last: 1 }, build: '0.1.0+3f2c1ab', evaluation: true,
};
const signingKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes(0xc0, 32)]), format: 'der', type: 'pkcs8' });
const deliveryKey = createPublicKey(signingKey).export({ format: 'der', type: 'spki' }).subarray(-32);
const packageOf = (recipient) => {
  const manifest = text(JSON.stringify({ format: 'cofferdam/delivery@1', delivery: facts, recipient, files: [file] }, null, 2));
  return tar([['manifest.json', manifest], ['manifest.sig', sign(null, manifest, signingKey)], [file.name, content]]);
};

const recipient = createECDH('prime256v1');
recipient.setPrivateKey(bytes(0x01, 32));
const point = recipient.getPublicKey();
const spki = Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'), point]);
const pkcs8 = Buffer.concat([
  Buffer.from('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420', 'hex'), bytes(0x01, 32),
  Buffer.from('a144034200', 'hex'), point,
]);
const ephemeral = createECDH('prime256v1');
ephemeral.setPrivateKey(bytes(0x21, 32));
const { encapsulated, secret } = hpkeSendExport(ephemeral, point, text('cofferdam/delivery@1'), text('body key'), 32);
const header = Buffer.concat([text('CFDP'), Buffer.of(1, 1), sha256(spki), encapsulated]);

save('delivery-package.json', {
  note: 'docs/formats/delivery-package.md. Base64: the delivery key (32 bytes), the recipient\'s private key (PKCS #8), a package in clear, and one encrypted to that recipient.',
  deliveryKey: b64(deliveryKey), recipientPrivateKey: b64(pkcs8), package: b64(packageOf(null)),
  encrypted: b64(Buffer.concat([header, chunkedEncryption(secret, bytes(0xd0, 24), header, packageOf(sha256(spki).toString('hex')))])),
});

// --- docs/formats/ledger.md ---

const signerOf = (name, seed) => {
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const keyId = (type) => sha256(Buffer.concat([text(`${name}\n`), Buffer.of(type), publicKey])).subarray(0, 4);
  return {
    vkey: (type) => `${name}+${keyId(type).toString('hex')}+${b64(Buffer.concat([Buffer.of(type), publicKey]))}`,
    line: (type, head, message) => `\u2014 ${name} ${b64(Buffer.concat([keyId(type), head, sign(null, text(message), privateKey)]))}\n`,
  };
};

const logSize = 300;
const logEntries = Array.from({ length: logSize }, (_, seq) => text(JSON.stringify({
  v: 1, seq, time: '2026-11-22T10:00:00.000000Z', act: 'open', what: b64(sha256(text(`what ${seq}`))), who: b64(sha256(text(`who ${seq}`))),
})));
const logFiles = {};
const tileName = (level, number, width) => `tile/${level}/${String(number).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
let hashes = logEntries.map((entry) => sha256(Buffer.concat([Buffer.of(0), entry])));
const node = (level) => (level.length === 1 ? level[0] : sha256(Buffer.concat([Buffer.of(1), node(level.slice(0, level.length / 2)), node(level.slice(level.length / 2))])));
for (let level = 0; hashes.length > 0; level++) {
  const above = [];
  for (let at = 0; at < hashes.length; at += 256) {
    const tile = hashes.slice(at, at + 256);
    logFiles[tileName(level, at / 256, tile.length)] = Buffer.concat(tile);
    if (tile.length === 256) above.push(node(tile));
    if (level === 0) logFiles[tileName('entries', at / 256, tile.length)] = Buffer.concat(logEntries.slice(at, at + 256).flatMap((entry) => [u16(entry.length), entry]));
  }
  hashes = above;
}

const publishedLog = signerOf('lab.example/ledger/everyday-help', bytes(0x11, 32));
const witness = signerOf('witness.example/1', bytes(0x31, 32));
const checkpoint = `lab.example/ledger/everyday-help\n${logSize}\n${b64(root(logEntries))}\n`;
const seconds = 1795341600;
const note = `${checkpoint}\n${publishedLog.line(1, Buffer.alloc(0), checkpoint)}${witness.line(4, u64(seconds), `cosignature/v1\ntime ${seconds}\n${checkpoint}`)}`;

save('log.json', {
  note: 'docs/formats/ledger.md. Seeds hexadecimal; the first and last entry, and how the others follow; SHA-256 of every file below tile/, hexadecimal; checkpoint and policy as text.',
  logSeed: bytes(0x11, 32).toString('hex'), witnessSeed: bytes(0x31, 32).toString('hex'), cosignedAt: seconds, size: logSize,
  entries: [logEntries[0].toString(), logEntries[logSize - 1].toString()],
  rule: 'what and who of entry N are SHA-256 of "what N" and "who N"',
  policy: `log ${publishedLog.vkey(1)}\nwitness outside ${witness.vkey(4)}\nquorum outside\n`,
  checkpoint: note,
  files: Object.fromEntries(Object.entries(logFiles).map(([path, content]) => [path, sha256(content).toString('hex')])),
});

// --- docs/formats/federation.md ---

const b64url = (b) => Buffer.from(b).toString('base64url');
const thumbprint = (jwk) => b64url(sha256(text(JSON.stringify(jwk.y ? { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x }))));

function ed25519Key(seed) {
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const { kty, crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const jwk = { kty, crv, x };
  return { alg: 'EdDSA', secret: seed, jwk, kid: thumbprint(jwk), sign: (message) => sign(null, message, privateKey) };
}

function p256Key(scalar) {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const jwk = { kty: 'EC', crv: 'P-256', x: b64url(point.subarray(1, 33)), y: b64url(point.subarray(33)) };
  const key = createPrivateKey({ key: { ...jwk, d: b64url(scalar) }, format: 'jwk' });
  return { alg: 'ES256', secret: scalar, jwk, kid: thumbprint(jwk), sign: (message) => sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }) };
}

function jws(signer, typ, claims) {
  const signed = `${b64url(text(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ })))}.${b64url(text(claims))}`;
  return `${signed}.${b64url(signer.sign(text(signed)))}`;
}

const labNode = { node: '6f9c2a54-0d0e-4a58-9a6e-2a9d0c1b7e11', federation: ed25519Key(bytes(0x51, 32)), statement: ed25519Key(bytes(0x61, 32)) };
const vendorNode = { node: '0b8f5c3e-94d1-4f0c-8a57-1c2d3e4f5a6b', federation: ed25519Key(bytes(0x71, 32)), statement: p256Key(bytes(0x11, 32)) };
const pairing = '3d6f0a2b-7c1e-4b5d-9e8f-a0b1c2d3e4f5';
const engagement = '0194b2a0-5555-7000-8000-000000000005';
const nodeOf = (n) => ({ node: n.node, federation: { seed: n.federation.secret.toString('hex'), kid: n.federation.kid }, statement: { secret: n.statement.secret.toString('hex'), jwk: n.statement.jwk, kid: n.statement.kid } });

const salts = { first: bytes(0xa0, 16), second: bytes(0xb0, 16) };
const lines = [labNode, vendorNode].map((n) => `${n.node} ${n.federation.kid} ${n.statement.kid}`).sort();
const pairHash = sha256(text(`cofferdam/fingerprint@1\n${pairing}\n${salts.first.toString('hex')}\n${salts.second.toString('hex')}\n${lines.join('\n')}\n`));
const digits = Array.from({ length: 6 }, (_, i) => String(pairHash.readUIntBE(5 * i, 5) % 100000).padStart(5, '0')).join(' ');

const requestParts = { method: 'POST', target: '/federation/statements?page=1', body: '["…"]', created: 1795341600, nonce: b64url(bytes(0xc0, 16)) };
const requestSigned = text(`cofferdam/request@1\n${requestParts.method}\n${requestParts.target}\n${sha256(text(requestParts.body)).toString('hex')}\n${vendorNode.federation.kid}\n${pairing}\n${vendorNode.node}\n${labNode.node}\n${requestParts.created}\n${requestParts.nonce}\n`);
const requestHeader = `key=${vendorNode.federation.kid}, pairing=${pairing}, from=${vendorNode.node}, to=${labNode.node}, created=${requestParts.created}, nonce=${requestParts.nonce}, sig=${b64url(vendorNode.federation.sign(requestSigned))}`;

const statementClaims = JSON.stringify({
  iss: vendorNode.node, aud: labNode.node, lab: 'everyday-help', sub: b64url(bytes(0x00, 16)), eng: engagement, role: 'expert',
  skl: [{ code: 'lang:de', at: '2026-01-02' }], qual: [{ code: 'preference-2', at: '2026-02-03', score: 92 }], agr: [{ code: 'nda', version: 3, at: '2025-12-31' }],
  trn: '2026-12-31', iat: 1795341600, exp: 1795428000, jti: '5a0e6d1c-2b3f-4c4d-8e5f-60718293a4b5', cnf: { jkt: vendorNode.statement.kid },
});
const withdrawalClaims = JSON.stringify({
  iss: vendorNode.node, aud: labNode.node, eng: engagement, sub: b64url(bytes(0x00, 16)), iat: 1795345200, jti: '6b1f7e2d-3c40-4d5e-9f60-718293a4b5c6', reason: 'ended',
});

const eventsBody = JSON.stringify([
  { specversion: '1.0', id: '7c20803e-4d51-4e6f-a071-8293a4b5c6d7', source: `/labs/everyday-help/engagements/${engagement}`, type: 'cofferdam.assignment.submitted', time: '2026-11-22T10:00:00+00:00', cfdseq: 41, subject: '8d31914f-5e62-8f70-b182-93a4b5c6d7e8', data: { assignment: '0194b2a0-6666-7000-8000-000000000006', project, kind: 'task', seconds: 90 } },
  { specversion: '1.0', id: '9e42a250-6f73-4081-8293-a4b5c6d7e8f9', source: `/labs/everyday-help/engagements/${engagement}`, type: 'cofferdam.engagement.suspended', time: '2026-11-22T10:00:01+00:00', cfdseq: 42, data: { reason: 'security' } },
]);

save('federation.json', {
  note: 'docs/formats/federation.md. Seeds, private scalar and salts hexadecimal. The ES256 signature is another each time it is made.',
  lab: nodeOf(labNode), vendor: nodeOf(vendorNode),
  fingerprint: { pairing, first: salts.first.toString('hex'), second: salts.second.toString('hex'), digits },
  request: { ...requestParts, header: requestHeader },
  statement: { claims: statementClaims, es256: jws(vendorNode.statement, 'cofferdam-statement+jwt', statementClaims), eddsa: jws(labNode.statement, 'cofferdam-statement+jwt', statementClaims) },
  withdrawal: { claims: withdrawalClaims, eddsa: jws(labNode.statement, 'cofferdam-withdrawal+jwt', withdrawalClaims) },
  events: { body: eventsBody, id: 'c0ffee', timestamp: '1795341600', signature: `v1a,${b64(labNode.federation.sign(text(`c0ffee.1795341600.${eventsBody}`)))}` },
});
