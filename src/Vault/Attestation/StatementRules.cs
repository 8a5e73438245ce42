using System.Security.Cryptography;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Attestation;

/// <summary>Which statements count.</summary>
internal static class StatementRules
{
    /// <summary>How far a vendor's clock may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Longest time from a statement's issue to its end.</summary>
    public static readonly TimeSpan MostLife = TimeSpan.FromHours(24);

    /// <summary>The key that signed a statement: one of its engagement's, by its name and algorithm, with a signature that is right.</summary>
    /// <remarks>Takes about 90 µs: not on the sequencer's thread.</remarks>
    public static VouchFault? Signed(Statement statement, EngagementTerms terms, out StatementKey? by)
    {
        by = terms.Keys.FirstOrDefault(key => key.Kid == statement.KeyId);
        // The algorithm is the key's, never the header's to choose.
        if (by is null || statement.Algorithm != NameOf(by.Algorithm))
            return VouchFault.UnknownKey;
        return IsSigned(statement, by) ? null : VouchFault.WrongSignature;
    }

    /// <summary>What is wrong with it apart from its signature, at the moment that it is to count from.</summary>
    /// <param name="by">Key that signed it.</param>
    /// <param name="lab">Everything that counts at the lab now.</param>
    public static VouchFault? Fault(Statement statement, StatementKey by, LabAttestations lab, bool withdraws, DateTimeOffset now)
    {
        if (lab.Terms(statement.Engagement)?.Terms is not { } terms || FaultOfTerms(statement, terms) is not null)
            return VouchFault.OtherEngagement;
        if (terms.Ends <= now && !withdraws)
            return VouchFault.Ended;
        // As it stands in the terms now: they may have changed since the signature was checked.
        var issued = DateTimeOffset.FromUnixTimeSeconds(statement.Issued);
        if (terms.Keys.FirstOrDefault(key => key.Kid == by.Kid) is not { } key || Fingerprints.Of(key) != Fingerprints.Of(by)
            || issued < key.From || issued >= key.Until || now >= key.Until)
        {
            return VouchFault.UnknownKey;
        }

        if (issued > now + Skew)
            return VouchFault.OutOfTime;
        var person = lab.Person(Subject.Pseudonym(statement.Engagement, statement.Subject));
        if (withdraws)
            return person is not null && (statement.Issued < person.Issued || (person.Withdrawn && statement.Issued == person.Issued)) ? VouchFault.NotNewer : null;
        var expires = DateTimeOffset.FromUnixTimeSeconds(statement.Expires);
        if (expires <= now || expires <= issued || expires - issued > MostLife)
            return VouchFault.OutOfTime;
        if (person is not null && statement.Issued <= person.Issued && !IsShownAgain(statement, person))
            return person.Withdrawn ? VouchFault.Withdrawn : VouchFault.NotNewer;
        return lab.Vouched(terms.Engagement, Subject.Pseudonym(statement.Engagement, statement.Subject), now) < terms.Headcount ? null : VouchFault.Headcount;
    }

    /// <summary>True where it is the statement that counts now: it may be shown again with the key that it names.</summary>
    public static bool IsShownAgain(Statement statement, PersonRow person) =>
        !person.Withdrawn && statement.Issued == person.Issued && statement.StatementId == person.StatementId && statement.BrowserKey is not null
        && statement.BrowserKey == person.BrowserKey;

    /// <summary>Whether it speaks of these terms at all.</summary>
    public static VouchFault? FaultOfTerms(Statement statement, EngagementTerms terms) =>
        statement.Vendor == terms.Vendor && statement.Node == terms.Node && (statement.Lab is null || terms.Lab is null || statement.Lab == terms.Lab)
            ? null
            : VouchFault.OtherEngagement;

    private static bool IsSigned(Statement statement, StatementKey by)
    {
        if (by.Algorithm == StatementAlgorithm.EdDsa)
            return Ed25519.Verify(by.PublicKey.Span, statement.Signed, statement.Signature);
        using var key = BrowserKey.Import(by.PublicKey.Span);
        return key is not null && key.VerifyData(statement.Signed, statement.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static string NameOf(StatementAlgorithm algorithm) => algorithm == StatementAlgorithm.EdDsa ? "EdDSA" : "ES256";
}
