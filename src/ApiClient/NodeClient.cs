using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>A node, as one person sees it: sign-in, enrolment and the session. Its cookies live as long as it does.</summary>
/// <param name="node">Scheme, host and port, such as <c>http://lab.localhost:5080</c>.</param>
/// <param name="token">An API token, <c>cof_…</c>, that goes with every request instead of signing in; null: none.</param>
/// <remarks>Where the node does not answer, calls throw <see cref="HttpRequestException"/>.</remarks>
public sealed class NodeClient(Uri node, string? token = null) : IDisposable
{
    private readonly Transport transport = new(node, token);

    public Uri Address { get; } = node;

    /// <summary>The session's cookies as a <c>Cookie</c> header, for a client of another kind to go on with.</summary>
    public string Cookies => transport.Cookies;

    /// <summary>Signs what this person opens, where a lab asks for it; null: nothing is signed.</summary>
    public BrowserKey? Key
    {
        get => transport.Key;
        set => transport.Key = value;
    }

    public LabClient Lab(string slug) => new(transport, slug);

    /// <summary>The desk, on a vendor's node.</summary>
    public DeskClient Desk => new(transport);

    public Task<Reply<JsonElement>> HealthAsync(CancellationToken cancellation = default) =>
        transport.GetAsync("api/health", ApiJson.Default.JsonElement, cancellation);

    /// <summary>Who is signed in, and where; a problem of status 401 where nobody is.</summary>
    public Task<Reply<Session>> SessionAsync(CancellationToken cancellation = default) =>
        transport.GetAsync("api/session", ApiJson.Default.Session, cancellation);

    public Task<Reply<Nothing>> SignOutAsync(CancellationToken cancellation = default) => transport.PostAsync("api/sign-out", cancellation);

    public Task<Reply<Nothing>> SignInAsync(Credentials credentials, DateTimeOffset now, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, "api/sign-in/password",
            new PasswordSignIn(credentials.Name, credentials.Password, Totp.Code(credentials.TotpSecret, now)),
            ApiJson.Default.PasswordSignIn, cancellation);

    public async Task<Reply<Nothing>> SignInAsync(Passkey passkey, CancellationToken cancellation = default)
    {
        var options = await transport.PostAsync("api/sign-in/passkey/options", ApiJson.Default.JsonElement, cancellation);
        return !options.Done
            ? new Reply<Nothing>(null, options.Problem)
            : await transport.SendAsync(HttpMethod.Post, "api/sign-in/passkey",
                new PasskeySignIn(passkey.Assert(options.Value, Address)), ApiJson.Default.PasskeySignIn, cancellation);
    }

    /// <summary>Where this person is signed in, newest first.</summary>
    public Task<Reply<IReadOnlyList<OwnSession>>> SessionsAsync(CancellationToken cancellation = default) =>
        transport.GetAsync("api/sessions", ApiJson.Default.IReadOnlyListOwnSession, cancellation);

    /// <summary>Enrols with a password and TOTP; the person is signed in afterwards.</summary>
    /// <returns>What to sign in with next time.</returns>
    public async Task<Reply<Credentials>> EnrolAsync(string token, string name, string password, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var offer = await transport.SendAsync(HttpMethod.Post, "api/enrolments/totp",
            new EnrolmentName(token, name), ApiJson.Default.EnrolmentName, ApiJson.Default.TotpOffer, cancellation);
        if (!offer.Done)
            return new Reply<Credentials>(null, offer.Problem);

        var credentials = new Credentials(name, password, offer.Value!.Secret);
        var done = await transport.SendAsync(HttpMethod.Post, "api/enrolments/password",
            new PasswordEnrolment(token, name, password, Totp.Code(credentials.TotpSecret, now), offer.Value.State),
            ApiJson.Default.PasswordEnrolment, cancellation);
        return done.Done ? new Reply<Credentials>(credentials) : new Reply<Credentials>(null, done.Problem);
    }

    /// <summary>Enrols with a new passkey; the person is signed in afterwards.</summary>
    public async Task<Reply<Passkey>> EnrolPasskeyAsync(string token, string name, CancellationToken cancellation = default)
    {
        var options = await transport.SendAsync(HttpMethod.Post, "api/enrolments/passkey/options",
            new EnrolmentName(token, name), ApiJson.Default.EnrolmentName, ApiJson.Default.JsonElement, cancellation);
        if (!options.Done)
            return new Reply<Passkey>(null, options.Problem);

        var passkey = Passkey.Create(options.Value, Address, out var credential);
        var done = await transport.SendAsync(HttpMethod.Post, "api/enrolments/passkey",
            new PasskeyEnrolment(token, name, credential), ApiJson.Default.PasskeyEnrolment, cancellation);
        return done.Done ? new Reply<Passkey>(passkey) : new Reply<Passkey>(null, done.Problem);
    }

    /// <summary>The token in an enrolment link, or the text itself where it is no link.</summary>
    public static string TokenOf(string link) => link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public void Dispose() => transport.Dispose();
}
