using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Attestation;

internal enum Admission
{
    /// <summary>On the server's word.</summary>
    Asserted = 1,

    /// <summary>On the person's own signature, if nobody has used its nonce.</summary>
    Attested = 2,

    NotAttested = 3,
}

/// <summary>Who has to sign, and whose signature counts.</summary>
internal static class Admissions
{
    /// <summary>Judges an open.</summary>
    /// <remarks>
    /// Of an engagement that has terms everybody signs, whatever is opened. Of the lab's own people who has a key does, and
    /// everybody where the lab wants that; what they have exported or sent is done for them later, when they may be away.
    /// </remarks>
    public static Admission Judge(LabAttestations lab, Principal principal, Act act, ShownProof? proof, bool unsignedStaff, DateTimeOffset now)
    {
        if (principal.Kind != PrincipalKind.Person)
            return Admission.Asserted;
        var person = lab.Person(principal.Pseudonym);
        var engaged = person is not null || (principal.Engagement is { } engagement && lab.Terms(engagement) is not null);
        if (proof is null && !engaged && (act != Act.Open || (unsignedStaff && !lab.HasKey(principal.Pseudonym))))
            return Admission.Asserted;
        return IsHis(lab, principal.Pseudonym, proof, now) is { } key
            && (engaged ? IsVouched(lab, principal, person, key, now) : key.Engagement is null)
            ? Admission.Attested
            : Admission.NotAttested;
    }

    /// <summary>Judges an act that widens access: once anybody of the staff has a key, whoever does it signs with one.</summary>
    public static Admission Judge(LabAttestations lab, Principal by, ShownProof? proof, DateTimeOffset now)
    {
        if (proof is null && lab.StaffKeys == 0)
            return Admission.Asserted;
        return by.Kind == PrincipalKind.Person && IsHis(lab, by.Pseudonym, proof, now) is { Engagement: null } ? Admission.Attested : Admission.NotAttested;
    }

    private static KeyRow? IsHis(LabAttestations lab, Guid pseudonym, ShownProof? proof, DateTimeOffset now) =>
        proof is { Holds: true } && Nonces.IsInTime(proof.Nonce, now)
        && lab.Key(proof.Proof.Key) is { RevokedAt: null } key && key.Pseudonym == pseudonym
            ? key
            : null;

    private static bool IsVouched(LabAttestations lab, Principal principal, PersonRow? person, KeyRow key, DateTimeOffset now) =>
        person is { Withdrawn: false } && person.Expires > now
        && principal.Engagement == person.Engagement && key.Engagement == person.Engagement
        && lab.Terms(person.Engagement) is { } inForce && !(inForce.Terms.Ends <= now)
        // A key that the lab has taken out of the terms never vouched for anything.
        && inForce.Signers.Contains(person.Signer) && key.Signer is { } signer && inForce.Signers.Contains(signer);
}
