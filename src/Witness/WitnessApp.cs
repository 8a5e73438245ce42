using System.Globalization;
using System.Text;
using System.Threading.RateLimiting;
using Cofferdam.Ledger;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Cofferdam.Witness;

/// <summary>The witness over HTTP (C2SP tlog-witness; docs/operations/witness.md).</summary>
public static class WitnessApp
{
    private const int MaxBody = 64 << 10;
    private const string Plain = "text/plain; charset=utf-8";
    private const string NewestEnd = "/checkpoint";

    /// <summary>Builds the witness that <c>serve</c> runs. Tests host the very same.</summary>
    /// <exception cref="StartupException">The options cannot be followed, or the witness's memory is not whole.</exception>
    public static async Task<WebApplication> BuildAsync(WitnessOptions options)
    {
        var listen = Bindings.For(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WitnessApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            listen(kestrel);
        });

        var witness = await Witnessing.OpenAsync(options);
        // By a factory, so that it is closed with the application.
        builder.Services.AddSingleton(_ => witness);
        builder.Services.AddSingleton(_ => Limiter(options));
        var app = builder.Build();
        app.Services.GetRequiredService<Witnessing>();
        app.Run(AnswerAsync);
        return app;
    }

    /// <summary>The key that others check this witness's cosignatures with, as they configure it.</summary>
    public static string KeyOf(WebApplication app) => app.Services.GetRequiredService<Witnessing>().Key.ToString();

    /// <summary>Where a started witness listens, one or more addresses.</summary>
    public static IReadOnlyCollection<string> AddressesOf(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    private static async Task AnswerAsync(HttpContext http)
    {
        using var permit = http.RequestServices.GetRequiredService<PartitionedRateLimiter<HttpContext>>().AttemptAcquire(http);
        if (!permit.IsAcquired)
        {
            http.Response.Headers.RetryAfter = "1";
            await SayAsync(http, StatusCodes.Status429TooManyRequests, "too many requests");
            return;
        }

        var witness = http.RequestServices.GetRequiredService<Witnessing>();
        var path = http.Request.Path.Value ?? "/";
        if (path == "/add-checkpoint")
            await (HttpMethods.IsPost(http.Request.Method) ? AddAsync(http, witness) : SayAsync(http, StatusCodes.Status405MethodNotAllowed, "send it with POST"));
        else if (HttpMethods.IsGet(http.Request.Method) && path.EndsWith(NewestEnd, StringComparison.Ordinal) && witness.OfId(path[1..^NewestEnd.Length])?.Newest is { } note)
            await WriteAsync(http, StatusCodes.Status200OK, Plain, note);
        else
            await SayAsync(http, StatusCodes.Status404NotFound, "nothing here");
    }

    private static async Task AddAsync(HttpContext http, Witnessing witness)
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            await SayAsync(http, e.StatusCode, "the request is too large, or broke off");
            return;
        }

        if (!CheckpointSubmission.TryParse(body.GetBuffer().AsSpan(0, (int)body.Length), out var submission) || !SignedNote.TryParse(submission.Note.Span, out var note))
            await SayAsync(http, StatusCodes.Status400BadRequest, "not a request of add-checkpoint");
        else if (witness.OfOrigin(note.Text[..note.Text.IndexOf('\n', StringComparison.Ordinal)]) is not { } log)
            await SayAsync(http, StatusCodes.Status404NotFound, "this log is not watched");
        else
            await AnswerAsync(http, await log.AddAsync(submission));
    }

    private static Task AnswerAsync(HttpContext http, WitnessAnswer answer) => answer switch
    {
        WitnessAnswer.Cosigned cosigned => WriteAsync(http, StatusCodes.Status200OK, Plain, Encoding.UTF8.GetBytes(cosigned.Line.ToLine())),
        WitnessAnswer.Conflict conflict => WriteAsync(
            http, StatusCodes.Status409Conflict, "text/x.tlog.size", Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{conflict.Size}\n"))),
        WitnessAnswer.NotSigned => SayAsync(http, StatusCodes.Status403Forbidden, "no trusted key of the log has signed this"),
        WitnessAnswer.NotConsistent => SayAsync(http, StatusCodes.Status422UnprocessableEntity, "this does not continue what was cosigned last"),
        _ => SayAsync(http, StatusCodes.Status400BadRequest, "not a checkpoint, or smaller than the old size"),
    };

    private static Task SayAsync(HttpContext http, int status, string what) => WriteAsync(http, status, Plain, Encoding.UTF8.GetBytes(what + "\n"));

    private static async Task WriteAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(WitnessOptions options) => PartitionedRateLimiter.Create<HttpContext, string>(
        http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.RequestsPerSecond, Window = TimeSpan.FromSeconds(1) }));
}
