namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>Who the provider says has signed in there, checked.</summary>
/// <param name="Subject">The person's id at the issuer: the only thing that accounts are found by.</param>
/// <param name="Email">Verified by the provider; null where it says none.</param>
/// <param name="Handle">What the person would like to be called, as the provider has it; null where it does not say.</param>
internal sealed record OidcIdentity(string Issuer, string Subject, string? Email, string? Handle, IReadOnlyList<string> Groups);

/// <summary>Why a sign-in through a provider came to nothing. The sign-in page has a sentence for each, by these names.</summary>
internal enum OidcFault
{
    /// <summary>This browser began no such sign-in, not here, too long ago, or it came back before.</summary>
    Expired,

    /// <summary>The provider says that the person may not, or would not.</summary>
    Declined,

    /// <summary>What the provider answered does not hold.</summary>
    NotVerified,

    /// <summary>The provider did not answer.</summary>
    Unavailable,

    /// <summary>No verified address in a domain that the lab takes.</summary>
    OtherDomain,

    /// <summary>Nobody here has this identity, and it came without an invitation.</summary>
    NotInvited,

    /// <summary>Membership of the lab has ended.</summary>
    Left,

    /// <summary>Not one of the lab's own people, or of another lab of this node as well.</summary>
    NotStaff,

    /// <summary>The enrolment link was used, taken back or ran out, or is for somebody who is engaged through a vendor.</summary>
    LinkSpent,

    NameTaken,

    /// <summary>The identity has an account at this lab already; the link is as good as before.</summary>
    HasAccount,
}

/// <summary>What the provider's answer, or the node's look at it, came to.</summary>
internal readonly struct OidcResult<T> where T : class
{
    private OidcResult(T? value, OidcFault fault) => (Value, Fault) = (value, fault);

    /// <summary>Null where it came to nothing.</summary>
    public T? Value { get; }
    public OidcFault Fault { get; }

    public static implicit operator OidcResult<T>(T value) => new(value, default);
    public static implicit operator OidcResult<T>(OidcFault fault) => new(null, fault);
}
