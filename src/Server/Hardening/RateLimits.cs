using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Cofferdam.Server.SignIn;

namespace Cofferdam.Server.Hardening;

/// <summary>A bucket that holds <paramref name="Burst"/> requests and gains <paramref name="PerSecond"/>.</summary>
public sealed record RateLimit(int PerSecond, int Burst);

/// <summary>How many requests are taken before 429.</summary>
public sealed record RateLimitSettings
{
    /// <value>Per address (IPv6: per /64), of sign-in and enrolment: enough for a team of forty behind one address. Default 2 per second, 400 at once.</value>
    public RateLimit SignIn { get; init; } = new(2, 400);

    /// <value>Per account, of the whole API. Default 500 per second, 2,000 at once.</value>
    public RateLimit Account { get; init; } = new(500, 2_000);

    /// <value>Per API token, of the whole API; apart from its owner's. Default 100 per second, 500 at once.</value>
    public RateLimit Token { get; init; } = new(100, 500);

    /// <value>Per account, of refusals under a lab, each of which the ledger keeps. Default 5 per second, 300 at once.</value>
    public RateLimit Refusals { get; init; } = new(5, 300);

    /// <value>Per address (IPv6: per /64), of what the API and the published logs are asked without an account. Default 50 per second, 500 at once.</value>
    public RateLimit Address { get; init; } = new(50, 500);
}

internal static class RateLimits
{
    public const string SignIn = "sign-in";

    public static void AddRateLimits(this IServiceCollection services, RateLimitSettings settings) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Source>(context =>
            !IsLimited(context.Request.Path) ? RateLimitPartition.GetNoLimiter(default(Source))
            : SessionAuthentication.Of(context) is { Token: not null } program ? Bucket(new Source(null, program.Session), settings.Token)
            : SessionAuthentication.Of(context) is { } signedIn ? Bucket(new Source(null, signedIn.Account), settings.Account)
            : Bucket(new Source(NetworkOf(context.Connection.RemoteIpAddress), Guid.Empty), settings.Address));
        limiter.AddPolicy(SignIn, ByAddress(settings.SignIn));
        limiter.OnRejected = static async (rejected, cancellation) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await StatusProblems.Of(StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
        };
    });

    // Pages and their files cost nothing worth counting; the API, what other nodes ask and the published logs do.
    private static bool IsLimited(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/federation", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/ledger", StringComparison.OrdinalIgnoreCase);

    /// <summary>An IPv6 address stands for its /64, within which one host may take any (RFC 4291 §2.5.4, RFC 8981).</summary>
    internal static IPAddress? NetworkOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            return address.MapToIPv4();
        if (address?.AddressFamily is not AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>A policy by address alone.</summary>
    internal static Func<HttpContext, RateLimitPartition<IPAddress>> ByAddress(RateLimit limit) =>
        context => Bucket(NetworkOf(context.Connection.RemoteIpAddress) ?? IPAddress.None, limit);

    private static RateLimitPartition<TSource> Bucket<TSource>(TSource source, RateLimit limit) =>
        RateLimitPartition.GetTokenBucketLimiter(source, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });

    private readonly record struct Source(IPAddress? Address, Guid AccountOrToken);
}
