using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Workforce.Tests.Engagements;

/// <summary>A lab's node as the vendor sees it: it takes statements and withdrawals, or is not there.</summary>
internal sealed class StandInLab : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<EngagementStatement> statements = [];
    private readonly List<Withdrawal> withdrawals = [];
    private readonly List<(string Path, byte[] Body)> other = [];
    private TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandInLab(WebApplication app) => this.app = app;

    public Guid Node { get; } = Guid.NewGuid();

    public SigningKey Federation { get; } = SigningKey.Generate(KeyAlgorithm.EdDsa);

    /// <summary>Answers nothing but that it is not there.</summary>
    public volatile bool Away;

    /// <summary>The vendor's keys, by which what it sends is checked.</summary>
    public (Guid Node, KeySet Keys) Vendor { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string Address => app.Urls.Single();

    public IReadOnlyList<EngagementStatement> Statements => Locked(statements);

    public IReadOnlyList<Withdrawal> Withdrawals => Locked(withdrawals);

    /// <summary>Answers to terms and ends, as they came.</summary>
    public IReadOnlyList<(string Path, byte[] Body)> Other => Locked(other);

    public KeySet PublicKeys => new(1, [new PublishedKey(Federation.Public.ToJwk())], [new PublishedKey(SigningKey.Generate(KeyAlgorithm.Es256).Public.ToJwk())]);

    public static async Task<StandInLab> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var lab = new StandInLab(web);
        web.MapPost("/federation/statements", context => lab.EachAsync(context, jws =>
            lab.Keep(lab.statements, ((StatementOutcome.Taken)EngagementStatement.Read(jws, lab.Vendor.Node, lab.Node, lab.Vendor.Keys, lab.Clock.GetUtcNow())).Statement)));
        web.MapPost("/federation/withdrawals", context => lab.EachAsync(context, jws =>
            lab.Keep(lab.withdrawals, ((WithdrawalOutcome.Taken)Withdrawal.Read(jws, lab.Vendor.Node, lab.Node, lab.Vendor.Keys, lab.Clock.GetUtcNow())).Withdrawal)));
        web.MapPost("/federation/engagements/{id}/{what}", async context =>
        {
            if (lab.Away)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            lab.Keep(lab.other, (context.Request.Path.Value!, await BodyAsync(context)));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await web.StartAsync();
        return lab;
    }

    /// <summary>Waits until the lab has heard so much.</summary>
    /// <exception cref="TimeoutException">It has not, in far more time than it takes.</exception>
    public async Task HeardAsync(Func<bool> enough)
    {
        while (true)
        {
            // Taken before the look, or what comes in between is missed.
            Task next;
            lock (gate)
                next = heard.Task;
            if (enough())
                return;
            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task EachAsync(HttpContext context, Action<string> take)
    {
        var read = EngagementJson.ReadStatements(await BodyAsync(context)).ShouldNotBeNull();
        if (Away)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        foreach (var jws in read)
            take(jws);
        await context.Response.Body.WriteAsync(EngagementJson.Write([.. read.Select(_ => new StatementReply("admissible"))]));
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private void Keep<T>(List<T> into, T one)
    {
        lock (gate)
        {
            into.Add(one);
            heard.SetResult();
            heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private List<T> Locked<T>(List<T> from)
    {
        lock (gate)
            return [.. from];
    }
}
