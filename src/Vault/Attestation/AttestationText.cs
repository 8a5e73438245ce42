using System.Globalization;
using System.Security.Cryptography;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Proposals;

namespace Cofferdam.Vault.Attestation;

/// <summary>What receipts say of terms, people and keys, as particulars (docs/formats/attestation.md).</summary>
internal static class AttestationText
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(EngagementTerms terms) =>
    [
        new("content", Convert.ToHexStringLower(SHA256.HashData(SignedBytes.TermsAct(terms)))),
        new("ends", terms.Ends is { } ends ? ProposalText.Time(ends) : "never"),
        new("engagement", terms.Engagement.ToString()),
        new("headcount", terms.Headcount.ToString(CultureInfo.InvariantCulture)),
        new("keys", string.Join(' ', terms.Keys.Select(Fingerprints.Of).Order(StringComparer.Ordinal))),
        new("vendor", terms.Vendor.ToString()),
    ];

    public static IReadOnlyList<KeyValuePair<string, string>> Of(PersonRow person) =>
    [
        new("engagement", person.Engagement.ToString()),
        new("expires", ProposalText.Time(person.Expires)),
        new("issued", Issued(person)),
        new("person", person.Pseudonym.ToString()),
        new("role", person.Role),
        new("signer", person.Signer),
        new("step", "vouched"),
    ];

    /// <param name="byVendor">False: on the lab's own word.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Withdrawn(PersonRow person, bool byVendor) =>
    [
        new("by", byVendor ? "vendor" : "lab"),
        new("engagement", person.Engagement.ToString()),
        new("issued", Issued(person)),
        new("person", person.Pseudonym.ToString()),
        new("step", "withdrawn"),
    ];

    /// <summary>Of an enrolment, and of a revocation.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(KeyRow key) =>
    [
        .. key.Engagement is { } engagement ? [new("engagement", engagement.ToString())] : Array.Empty<KeyValuePair<string, string>>(),
        new("key", key.Id.ToString()),
        new("person", key.Pseudonym.ToString()),
        new("publicKey", Convert.ToHexStringLower(key.PublicKey)),
    ];

    private static string Issued(PersonRow person) => ProposalText.Time(DateTimeOffset.FromUnixTimeSeconds(person.Issued));
}
