using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Attestation;

/// <param name="Signers">Fingerprints of the vendor's keys.</param>
internal sealed record TermsInForce(EngagementTerms Terms, HashSet<string> Signers)
{
    public static TermsInForce Of(EngagementTerms terms) => new(terms, [.. terms.Keys.Select(Fingerprints.Of)]);
}

/// <summary>Whom vendors have vouched for at one lab, and which keys are enrolled. The sequencer's thread alone.</summary>
internal sealed class LabAttestations
{
    private readonly Dictionary<Guid, TermsInForce> terms = [];
    private readonly Dictionary<Guid, PersonRow> persons = [];
    private readonly Dictionary<Guid, HashSet<Guid>> byEngagement = [];
    private readonly Dictionary<Guid, KeyRow> keys = [];
    private readonly Dictionary<string, Guid> byThumbprint = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> liveKeys = [];
    private readonly Dictionary<(AttestationKind Kind, Guid Id), long> versions = [];

    /// <summary>Version of the newest row.</summary>
    public long Version { get; private set; } = AttestationRow.BeforeFirst;

    /// <summary>Keys of the lab's own staff that are not revoked.</summary>
    public int StaffKeys { get; private set; }

    public TermsInForce? Terms(Guid engagement) => terms.GetValueOrDefault(engagement);

    public PersonRow? Person(Guid pseudonym) => persons.GetValueOrDefault(pseudonym);

    public KeyRow? Key(Guid key) => keys.GetValueOrDefault(key);

    /// <summary>The key of a thumbprint (base64url), revoked or not: one key is one person's, once.</summary>
    public KeyRow? KeyOf(string thumbprint) => byThumbprint.TryGetValue(thumbprint, out var key) ? keys[key] : null;

    public bool HasKey(Guid pseudonym) => liveKeys.GetValueOrDefault(pseudonym) > 0;

    /// <summary>The version that a row is at; 0 where there is none.</summary>
    public long VersionOf(AttestationKind kind, Guid id) => versions.GetValueOrDefault((kind, id));

    /// <summary>People of an engagement, other than one, whose vouch counts at a time.</summary>
    public int Vouched(Guid engagement, Guid otherThan, DateTimeOffset now) => byEngagement.TryGetValue(engagement, out var people)
        ? people.Count(one => one != otherThan && persons[one] is { Withdrawn: false } person && person.Expires > now)
        : 0;

    /// <summary>Takes up a row that is committed, and whose MAC was right.</summary>
    public void Take(AttestationRow row)
    {
        versions[(row.Kind, row.Id)] = row.Version;
        Version = Math.Max(Version, row.Version);
        switch (row.Kind)
        {
            case AttestationKind.Terms:
                terms[row.Id] = TermsInForce.Of(RowText.Terms(row));
                break;
            case AttestationKind.Person:
                Take(RowText.Person(row));
                break;
            case AttestationKind.Key:
                Take(RowText.Key(row));
                break;
        }
    }

    private void Take(PersonRow person)
    {
        persons[person.Pseudonym] = person;
        if (!byEngagement.TryGetValue(person.Engagement, out var people))
            byEngagement[person.Engagement] = people = [];
        people.Add(person.Pseudonym);
    }

    private void Take(KeyRow key)
    {
        if (keys.TryGetValue(key.Id, out var before))
            Count(before, -1);
        keys[key.Id] = key;
        byThumbprint[key.Thumbprint] = key.Id;
        Count(key, 1);
    }

    private void Count(KeyRow key, int by)
    {
        if (key.RevokedAt is not null)
            return;
        liveKeys[key.Pseudonym] = liveKeys.GetValueOrDefault(key.Pseudonym) + by;
        if (key.Engagement is null)
            StaffKeys += by;
    }
}
