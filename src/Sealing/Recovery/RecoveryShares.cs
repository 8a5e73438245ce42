using System.Security.Cryptography;
using Cofferdam.Sealing.Recovery;

namespace Cofferdam.Sealing;

/// <summary>What became of shares that were put together.</summary>
public abstract record CombineOutcome
{
    private CombineOutcome()
    {
    }

    /// <summary>They give the private key. The caller clears it when done.</summary>
    public sealed record Combined(byte[] PrivateKey) : CombineOutcome;

    /// <summary>All are well, and more are needed.</summary>
    public sealed record TooFew(int Given, int Needed) : CombineOutcome;

    /// <summary>One of them is not a share as it was given out.</summary>
    /// <param name="Position">Its place in what was handed in, from 0.</param>
    public sealed record Faulty(int Position, ShareFault Fault) : CombineOutcome;

    /// <summary>Each looks right, and together they give another key: one was made up to look right.</summary>
    public sealed record DoNotFit : CombineOutcome;
}

/// <summary>What is wrong with a share.</summary>
public enum ShareFault
{
    /// <summary>It is no share, or was mistyped or altered.</summary>
    Mistyped,

    /// <summary>It is of another recovery key than the one before it.</summary>
    OfAnotherKey,

    /// <summary>It was handed in before.</summary>
    Twice,
}

/// <summary>Splits a private key among people, so that any T of them have it and fewer know nothing about it.</summary>
/// <remarks>
/// A. Shamir, "How to Share a Secret" (1979), for each byte by itself over GF(2⁸). That fewer than T shares say nothing
/// holds whatever anybody can compute; that a combined key is the right one is seen from its fingerprint.
/// </remarks>
public static class RecoveryShares
{
    /// <summary>Most shares of one key.</summary>
    public const int Most = 16;

    internal const int SecretBytes = 32;
    internal const int FingerprintBytes = 8;

    /// <summary>Splits a private key.</summary>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="fingerprint">8 bytes: <see cref="RecoveryKey.Fingerprint"/> of its public key.</param>
    /// <param name="threshold">Shares that are needed: 2 to <paramref name="count"/>.</param>
    /// <param name="count">Shares to make, at most <see cref="Most"/>.</param>
    public static IReadOnlyList<string> Split(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> fingerprint, int threshold, int count)
    {
        if (privateKey.Length != SecretBytes)
            throw new ArgumentException($"A private key is {SecretBytes} bytes, not {privateKey.Length}.", nameof(privateKey));
        if (fingerprint.Length != FingerprintBytes)
            throw new ArgumentException($"A fingerprint is {FingerprintBytes} bytes, not {fingerprint.Length}.", nameof(fingerprint));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, count);

        // A polynomial of degree T - 1 for each byte, whose value at 0 is that byte; share i is its value at i.
        var coefficients = RandomNumberGenerator.GetBytes(threshold * SecretBytes);
        privateKey.CopyTo(coefficients);
        var name = Convert.ToHexStringLower(fingerprint);
        var shares = new string[count];
        for (var index = 1; index <= count; index++)
        {
            var payload = new byte[SecretBytes];
            for (var power = threshold - 1; power >= 0; power--)
            {
                for (var i = 0; i < SecretBytes; i++)
                    payload[i] = (byte)(GaloisField.Multiply(payload[i], (byte)index) ^ coefficients[(power * SecretBytes) + i]);
            }

            shares[index - 1] = new RecoveryShare(threshold, index, name, payload).Write();
            CryptographicOperations.ZeroMemory(payload);
        }

        CryptographicOperations.ZeroMemory(coefficients);
        return shares;
    }

    /// <summary>Puts shares together.</summary>
    /// <param name="texts">As people typed them: white space, lower case and letters easily taken for digits are no matter.</param>
    public static CombineOutcome TryCombine(IReadOnlyList<string> texts)
    {
        var shares = new List<RecoveryShare>();
        for (var position = 0; position < texts.Count; position++)
        {
            if (RecoveryShare.Read(texts[position]) is not { } share)
                return new CombineOutcome.Faulty(position, ShareFault.Mistyped);
            if (shares.Count > 0 && (share.Fingerprint != shares[0].Fingerprint || share.Threshold != shares[0].Threshold))
                return new CombineOutcome.Faulty(position, ShareFault.OfAnotherKey);
            if (shares.Exists(other => other.Index == share.Index))
                return new CombineOutcome.Faulty(position, ShareFault.Twice);
            shares.Add(share);
        }

        if (shares.Count == 0 || shares.Count < shares[0].Threshold)
            return new CombineOutcome.TooFew(shares.Count, shares.Count == 0 ? 2 : shares[0].Threshold);

        var secret = Interpolate(shares.Take(shares[0].Threshold).ToArray());
        shares.ForEach(share => CryptographicOperations.ZeroMemory(share.Payload));
        if (RecoveryKey.Fits(secret, Convert.FromHexString(shares[0].Fingerprint)))
            return new CombineOutcome.Combined(secret);
        CryptographicOperations.ZeroMemory(secret);
        return new CombineOutcome.DoNotFit();
    }

    // Lagrange at 0; differences are exclusive ors here, and so are sums.
    private static byte[] Interpolate(RecoveryShare[] shares)
    {
        var secret = new byte[SecretBytes];
        foreach (var share in shares)
        {
            byte weight = 1;
            foreach (var other in shares.Where(other => other.Index != share.Index))
                weight = GaloisField.Multiply(weight, GaloisField.Multiply((byte)other.Index, GaloisField.Invert((byte)(other.Index ^ share.Index))));
            for (var i = 0; i < SecretBytes; i++)
                secret[i] ^= GaloisField.Multiply(share.Payload[i], weight);
        }

        return secret;
    }
}
