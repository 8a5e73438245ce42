using System.Security.Cryptography;

namespace Cofferdam.Delivery;

/// <summary>Names for people in one delivery: from a key that is forgotten afterwards, so that two deliveries cannot be joined by them.</summary>
internal sealed class DeliveryNames
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Of(Guid pseudonym) =>
        "annotator-" + Convert.ToHexStringLower(HMACSHA256.HashData(key, pseudonym.ToByteArray(bigEndian: true)).AsSpan(0, 6));
}
