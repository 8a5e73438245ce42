using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Vendors.Tests;

/// <summary>A vendor's node as the lab sees it: it vouches for people, and takes what it is told, or does not.</summary>
internal sealed class StandInVendor : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<WorkEvent> events = [];

    private StandInVendor(WebApplication app) => this.app = app;

    public Guid Node { get; } = Guid.NewGuid();

    public SigningKey Federation { get; } = SigningKey.Generate(KeyAlgorithm.EdDsa);

    public SigningKey Statements { get; set; } = SigningKey.Generate(KeyAlgorithm.Es256);

    /// <summary>Answers nothing but that it is not there.</summary>
    public volatile bool Away;

    /// <summary>Takes what it is sent, and the answer is lost on the way.</summary>
    public volatile bool LosesAnswers;

    public string Address => app.Urls.Single();

    public List<byte[]> Terms { get; } = [];

    public List<byte[]> Briefs { get; } = [];

    /// <summary>Headers and bodies of the batches as they came.</summary>
    public List<(string Id, string Timestamp, string Signature, byte[] Body)> Webhooks { get; } = [];

    public IReadOnlyList<WorkEvent> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    public KeySet Keys(long version = 1) => new(version, [new PublishedKey(Federation.Public.ToJwk())], [new PublishedKey(Statements.Public.ToJwk())]);

    public static async Task<StandInVendor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var vendor = new StandInVendor(web);
        web.MapPost("/federation/engagements", context => vendor.KeepAsync(context, vendor.Terms));
        web.MapPost("/federation/briefs", context => vendor.KeepAsync(context, vendor.Briefs));
        web.MapPost("/federation/events", vendor.TakeAsync);
        await web.StartAsync();
        return vendor;
    }

    /// <summary>The vendor was restored from a backup.</summary>
    public void Forget(int from)
    {
        lock (gate)
            events.RemoveRange(from, events.Count - from);
    }

    public string Vouch(Guid engagement, Guid lab, DateTimeOffset now, string subject, Visitor? enrols = null, StatementRole role = StatementRole.Expert,
        string slug = "acme", SigningKey? key = null, DateOnly? trained = null, IReadOnlyList<StatedAgreement>? agreements = null, TimeSpan? lasts = null) => new EngagementStatement
        {
            Issuer = Node,
            Audience = lab,
            Lab = slug,
            Subject = subject,
            Engagement = engagement,
            Role = role,
            Skills = [new StatedSkill("law", new DateOnly(2026, 1, 1))],
            Agreements = agreements ?? [],
            TrainedUntil = trained,
            IssuedAt = now,
            ExpiresAt = now + (lasts ?? TimeSpan.FromHours(12)),
            Id = Guid.NewGuid(),
            Confirmation = enrols is null ? null : new Confirmation(Thumbprint(enrols.Key.PublicKey)),
        }.Issue(key ?? Statements);

    public string Withdraw(Guid engagement, Guid lab, DateTimeOffset now, string subject) => new Withdrawal
    {
        Issuer = Node,
        Audience = lab,
        Engagement = engagement,
        Subject = subject,
        IssuedAt = now,
        Id = Guid.NewGuid(),
        Reason = WithdrawalReason.Ended,
    }.Issue(Statements);

    public static string NewSubject() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task KeepAsync(HttpContext context, List<byte[]> into)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.StatusCode = Away ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent;
        if (!Away)
            into.Add(body.ToArray());
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Away)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var batch = WorkEventBatch.Read(body.ToArray()).ShouldNotBeNull();
        var headers = context.Request.Headers;
        bool fits;
        int cursor;
        lock (gate)
        {
            Webhooks.Add((headers[WebhookSignature.IdHeader].ToString(), headers[WebhookSignature.TimestampHeader].ToString(), headers[WebhookSignature.SignatureHeader].ToString(), body.ToArray()));
            fits = batch[0].Sequence == events.Count + 1;
            if (fits)
                events.AddRange(batch);
            cursor = events.Count;
        }

        context.Response.StatusCode = LosesAnswers ? StatusCodes.Status502BadGateway : fits ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        if (!LosesAnswers)
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { cursor }));
    }

    /// <summary>RFC 7638.</summary>
    public static string Thumbprint(byte[] point)
    {
        var (x, y) = (System.Buffers.Text.Base64Url.EncodeToString(point.AsSpan(1, 32)), System.Buffers.Text.Base64Url.EncodeToString(point.AsSpan(33, 32)));
        return System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
    }
}
