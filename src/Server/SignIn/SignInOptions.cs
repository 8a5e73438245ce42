namespace Cofferdam.Server.SignIn;

/// <summary>How people sign in, and for how long.</summary>
public sealed record SignInOptions
{
    /// <value>A session ends this long after sign-in, whatever happens in it. Default 12 hours, a long working day.</value>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <value>An enrolment link works this long. Default 72 hours.</value>
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromHours(72);

    /// <value>Wrong tries with password or code before the account rests. Default 5.</value>
    public int MaxFailures { get; init; } = 5;

    /// <value>How long it rests. Passkeys go on working. Default 15 minutes.</value>
    public TimeSpan RestAfterFailures { get; init; } = TimeSpan.FromMinutes(15);

    /// <value>Fewest characters of a password; no other rule (NIST SP 800-63B §5.1.1.2). Default 12.</value>
    public int MinPasswordLength { get; init; } = 12;

    /// <value>Longest password that is hashed. Default 256.</value>
    public int MaxPasswordLength { get; init; } = 256;
}
