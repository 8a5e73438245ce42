using System.Security.Cryptography;
using Cofferdam.TestKit;

namespace Cofferdam.Sealing.Tests;

public sealed class HpkeTests
{
    [Fact]
    public void Export_Rfc9180BaseMode_AgreesWithEveryVector()
    {
        var all = Vectors.PublishedJson("hpke/hpke_rfc9180_p256_hkdfsha256.json").GetProperty("vectors").EnumerateArray().ToList();
        all.Count.ShouldBe(12);
        var exports = 0;

        // The other modes use keys of the sender or shared beforehand, which this product does not.
        foreach (var vector in all.Where(v => v.GetProperty("mode").GetInt32() == 0))
        {
            using var recipient = KeyPair(vector.Hex("skRm"), vector.Hex("pkRm"));
            using var ephemeral = KeyPair(vector.Hex("skEm"), vector.Hex("pkEm"));
            var (encapsulated, shared) = Hpke.Encapsulate(ephemeral, recipient);
            encapsulated.ShouldBe(vector.Hex("enc"));
            shared.ShouldBe(vector.Hex("shared_secret"));
            Hpke.Decapsulate(encapsulated, recipient).ShouldBe(shared);

            var aead = (ushort)vector.GetProperty("aead_id").GetInt32();
            foreach (var export in vector.GetProperty("exports").EnumerateArray())
            {
                Hpke.Export(shared, vector.Hex("info"), export.Hex("exporter_context"), export.GetProperty("L").GetInt32(), aead)
                    .ShouldBe(export.Hex("exported_value"));
                if (aead == Hpke.ExportOnly)
                {
                    Hpke.ReceiveExport(encapsulated, recipient, vector.Hex("info"), export.Hex("exporter_context"), 32)
                        .ShouldBe(export.Hex("exported_value"));
                }

                exports++;
            }
        }

        exports.ShouldBe(9);
    }

    [Fact]
    public void ReceiveExport_WhatWasSent_IsTheSameSecretForTheRecipientAlone()
    {
        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

        var (encapsulated, secret) = Hpke.SendExport(recipient.ExportSubjectPublicKeyInfo(), "info"u8, "context"u8, 32);

        Hpke.ReceiveExport(encapsulated, recipient, "info"u8, "context"u8, 32).ShouldBe(secret);
        Hpke.ReceiveExport(encapsulated, other, "info"u8, "context"u8, 32).ShouldNotBe(secret);
        Hpke.ReceiveExport(encapsulated, recipient, "other"u8, "context"u8, 32).ShouldNotBe(secret);
        Hpke.ReceiveExport(encapsulated, recipient, "info"u8, "other"u8, 32).ShouldNotBe(secret);
    }

    [Fact]
    public void ReceiveExport_NotAPointOfTheCurve_IsNull()
    {
        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] offCurve = [4, .. new byte[63], 5];
        Hpke.ReceiveExport(offCurve, recipient, [], [], 32).ShouldBeNull();
        Hpke.ReceiveExport(new byte[64], recipient, [], [], 32).ShouldBeNull();
    }

    [Fact]
    public void SendExport_KeyOfAnotherCurve_Throws()
    {
        using var p384 = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        Should.Throw<CryptographicException>(() => Hpke.SendExport(p384.ExportSubjectPublicKeyInfo(), [], [], 32));
    }

    private static ECDiffieHellman KeyPair(byte[] secret, byte[] point) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        D = secret,
        Q = { X = point[1..33], Y = point[33..] },
    });
}
